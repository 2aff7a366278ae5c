import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  attachAuthority,
  handClock,
  publishRoom,
  random,
  startRelay,
  type TestRelay,
  until,
} from '../testing/party.ts';

let relay: TestRelay;
afterEach(() => relay.close());

/** Who is cut off for being slow on a busy machine asks again. */
async function isUp(): Promise<number> {
  for (;;) {
    const response = await fetch(`${relay.http}/healthz`).catch(() => undefined);
    if (response && response.status !== 408) return response.status;
  }
}

/** Says this and no more; `cut` resolves when the relay has had enough. */
function caller(text: string): { readonly socket: Socket; readonly cut: Promise<void> } {
  const socket = connect(relay.port, '127.0.0.1', () => socket.write(text));
  const cut = new Promise<void>((resolve) => {
    socket.on('error', () => {});
    socket.on('close', () => resolve());
    // What the relay says on its way out has to be read, or nobody hears that it hung up.
    socket.resume();
  });
  return { socket, cut };
}

describe('[X52] who calls and does not go on', () => {
  it.each([
    ['says nothing', ''],
    ['says half a word', 'GET /healthz HT'],
    ['ends no header', 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: 1\r\n'],
    ['sends half of what it announced', 'POST /session HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{'],
    ['upgrades by half', 'GET /docs/directory HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'],
  ])('and %s is cut off, and others are answered meanwhile', async (_, text) => {
    relay = await startRelay({ patience: { headersMs: 600, requestMs: 800, idleMs: 4_000 } });
    const callers = Array.from({ length: 20 }, () => caller(text));
    expect(await isUp()).toBe(200);
    await Promise.all(callers.map(({ cut }) => cut));
    expect(await isUp()).toBe(200);
  });

  it('and does not read what it asked for is cut off', async () => {
    relay = await startRelay({ patience: { headersMs: 5_000, requestMs: 5_000, idleMs: 300 } });
    const authority = attachAuthority(relay);
    const { world } = await publishRoom(relay, authority);
    const body = { bytes: random(8 * 2 ** 20), immutable: false };
    authority.answer = (frame) => {
      if (frame.t === 'get') authority.send({ t: 'reply', id: frame.id, status: 200, body });
    };
    const socket = connect(relay.port, '127.0.0.1', () =>
      socket.write(`GET /log/${world}/bundle.fair HTTP/1.1\r\nHost: x\r\n\r\n`),
    );
    socket.on('error', () => {});
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await until(() => socket.readableLength > 0 || socket.bytesRead > 0, 'the answer to begin');
    socket.pause();
    await until(async () => (await connectionsOf()) === 0, 'the relay to hang up');
    socket.destroy();
    await closed;
    expect(await isUp()).toBe(200);
  });

  it('as a socket that answers no ping is cut off', async () => {
    const clock = handClock();
    relay = await startRelay({ clock });
    const dead = new WebSocket(`${relay.ws}/docs/directory`, { autoPong: false });
    const alive = new WebSocket(`${relay.ws}/docs/directory`);
    let pings = 0;
    alive.on('ping', () => pings++);
    const gone = new Promise((resolve) => dead.once('close', resolve));
    await Promise.all([dead, alive].map((socket) => new Promise((resolve) => socket.once('open', resolve))));
    for (let beat = 1; beat <= 4; beat++) {
      await until(() => pings >= beat, 'the ping');
      // The pong must have come back before the next beat: a request on another connection says so.
      for (let i = 0; i < 3; i++) await isUp();
      clock.advance(10_000);
    }
    await gone;
    expect(alive.readyState).toBe(WebSocket.OPEN);
    alive.close();
  });
});

/** Sockets that the relay holds, this question's own apart. */
async function connectionsOf(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = relay.server;
    server.getConnections((fault, count) => (fault ? reject(fault) : resolve(count)));
  });
}

it('[X53] an address has no more connections than twice its sockets, whatever it says on them', async () => {
  relay = await startRelay({ addressFactor: 0.0625 }); // 32 of 512, so 64
  const first = Array.from({ length: 64 }, () => connect(relay.port, '127.0.0.1'));
  await Promise.all(first.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
  await until(async () => (await connectionsOf()) === 64);
  const late = connect(relay.port, '127.0.0.1');
  late.on('error', () => {});
  await new Promise((resolve) => late.once('close', resolve));
  first[0]?.destroy();
  await until(async () => (await connectionsOf()) === 63);
  expect(await isUp()).toBe(200);
  for (const socket of first) socket.destroy();
});
