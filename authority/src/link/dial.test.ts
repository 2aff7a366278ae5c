import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { base64urlToBytes, bytesToBase64url, didToKey, unwrap, verifyEd25519Sync } from '@fairground/ledger';
import { type LinkPort, sessionMessage } from '@fairground/protocol';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { systemClock } from '../openAuthority.ts';
import { testKeys } from '../testing/party.ts';
import { createVirtualClock } from '../testing/virtualClock.ts';
import { type DialDeps, dialRelay } from './dial.ts';
import { openSession } from './session.ts';

/** The part of a relay that an authority dials: real sockets, the real handshake. */
async function startRelay(port = 0) {
  const challenge = new Uint8Array(32).fill(4);
  const expires = Date.now() + 60_000;
  const state = { isUp: true, sessions: 0, tokens: [] as string[] };
  const server: Server = createServer((request, response) => void answer(request, response));
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const end = (status: number, body: object) => void response.writeHead(status).end(JSON.stringify(body));
    if (!state.isUp) return end(503, { code: 'relay_stopping' });
    if (request.url?.startsWith('/session/challenge'))
      return end(200, { challenge: bytesToBase64url(challenge), expires });
    let body = '';
    for await (const part of request) body += String(part);
    const { key, signature } = JSON.parse(body) as { key: never; signature: string };
    const message = sessionMessage({ host: `localhost:${portOf(server)}`, key, expires, challenge });
    const sig = base64urlToBytes(signature) ?? challenge;
    if (!verifyEd25519Sync(unwrap(didToKey(key)), message, sig)) return end(401, {});
    state.sessions += 1;
    end(200, { token: `token-${state.sessions}`, expires });
  }
  const sockets = new WebSocketServer({ server, path: '/mail' });
  sockets.on('connection', (_socket, { url = '' }) =>
    state.tokens.push(new URL(url, 'http://x').searchParams.get('token') ?? ''),
  );
  server.listen(port);
  await once(server, 'listening');
  return { server, sockets, state, url: `http://localhost:${portOf(server)}` };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function dial(url: string, links: LinkPort[], waits: number[] = []) {
  const silent = () => {};
  const deps: DialDeps = {
    ...{ url, signer: testKeys.signer, clock: quickClock(waits), chance: () => 1, fetch },
    log: { info: silent, warn: silent, error: silent },
    openSocket: (address) => new WebSocket(address).on('error', silent),
    attach: (port) => void links.push(port),
  };
  return dialRelay(deps);
}

/** Notes how long was to be waited, and waits a tenth of it. */
function quickClock(waits: number[]) {
  return {
    now: systemClock.now,
    setTimer(ms: number, act: () => void) {
      waits.push(ms);
      return systemClock.setTimer(ms / 10, act);
    },
  };
}

const patience = { timeout: 60_000, interval: 10 };

describe('dialling a relay', () => {
  it('[A100] signs the challenge, connects with the token, and hands the link over', async () => {
    const relay = await startRelay();
    const links: LinkPort[] = [];
    const dialling = dial(relay.url, links);
    await vi.waitUntil(() => links.length === 1, patience);
    expect(relay.state.tokens).toEqual(['token-1']);
    const [socket] = relay.sockets.clients;
    const frame = once(socket ?? relay.sockets, 'message');
    links[0]?.send(new Uint8Array([1, 2, 3]));
    expect(new Uint8Array((await frame)[0] as Buffer)).toEqual(new Uint8Array([1, 2, 3]));
    dialling.close();
    relay.sockets.close();
    relay.server.close();
  });

  it('[A101] dials again when the link breaks or the relay is away, waiting longer each time', async () => {
    const relay = await startRelay();
    const links: LinkPort[] = [];
    const waits: number[] = [];
    relay.state.isUp = false;
    const dialling = dial(relay.url, links, waits);
    await vi.waitUntil(() => waits.length === 4, patience);
    expect(waits).toEqual([250, 500, 1000, 2000]);
    relay.state.isUp = true;
    await vi.waitUntil(() => links.length === 1, patience);
    let isTold = false;
    links[0]?.onClose(() => (isTold = true));
    for (const socket of relay.sockets.clients) socket.terminate();
    await vi.waitUntil(() => links.length === 2, patience);
    expect(isTold).toBe(true);
    dialling.close();
    const { length } = waits;
    for (const socket of relay.sockets.clients) socket.terminate();
    relay.sockets.close();
    relay.server.close();
    expect(waits).toHaveLength(length);
  });

  it('[A104] asks for a session with an end to its patience (seed 110)', async () => {
    const signals: (AbortSignal | null | undefined)[] = [];
    const opened = await openSession('http://relay.test', testKeys.signer, async (_url, init) => {
      signals.push(init?.signal);
      throw new Error('aborted');
    });
    expect(opened).toMatchObject({ ok: false, code: 'relay_unreachable' });
    expect(signals).toEqual([expect.any(AbortSignal)]);
  });

  it('[A104] gives up a link of which nothing is heard for 40 seconds, as a router leaves it that has forgotten it, and dials again (seed 2, without its restarts)', async () => {
    const relay = await startRelay();
    const clock = createVirtualClock(async () => {});
    const opened: { readonly socket: EventTarget; readonly heard: () => void }[] = [];
    const said: string[] = [];
    const silent = () => {};
    const dialling = dialRelay({
      ...{ url: relay.url, signer: testKeys.signer, clock, chance: () => 1, fetch, attach: silent },
      log: { info: silent, error: silent, warn: (fields) => void said.push(JSON.stringify(fields)) },
      openSocket(_url, heard) {
        const socket = Object.assign(new EventTarget(), {
          ...{ binaryType: '', readyState: 1, send: silent, close: silent },
        });
        opened.push({ socket, heard });
        return socket as never;
      },
    });
    await vi.waitUntil(() => opened.length === 1, patience);
    opened[0]?.socket.dispatchEvent(new Event('open'));
    for (let pings = 0; pings < 6; pings++) {
      clock.jump(10_000);
      opened[0]?.heard();
    }
    for (let silence = 0; silence < 3; silence++) clock.jump(10_000);
    expect(said).toEqual([]);
    clock.jump(10_000);
    expect(said.join()).toContain('nothing is heard of it any more');
    clock.jump(250);
    await vi.waitUntil(() => opened.length === 2, patience);
    // The old one's end comes late and changes nothing.
    opened[0]?.socket.dispatchEvent(new Event('close'));
    expect(said).toHaveLength(1);
    dialling.close();
    relay.sockets.close();
    relay.server.close();
  });
});
