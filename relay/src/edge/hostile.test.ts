import { connect } from 'node:net';
import { encodePair, makeCreate, seedSigner, signPair } from '@fairground/ledger';
import { limits, Problem } from '@fairground/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { bareSocket, joinedDoc } from '../testing/docClient.ts';
import {
  attachAuthority,
  type HandAuthority,
  person,
  postIntent,
  publishRoom,
  random,
  signedIntent,
  startRelay,
  type TestRelay,
  tokenOf,
  until,
} from '../testing/party.ts';

let relay: TestRelay;
let authority: HandAuthority;

beforeEach(async () => {
  relay = await startRelay({ addressFactor: 0.01 });
  authority = attachAuthority(relay);
});
afterEach(() => relay.close());

/** Resolves when the relay has said `expected` to bytes that no client would send. */
function say(port: number, text: string, expected: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let heard = '';
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`heard ${heard}`)));
    socket.on('data', (data) => {
      heard += data.toString('latin1');
      if (!heard.includes(expected)) return;
      resolve();
      socket.destroy();
    });
  });
}

const upgrade = (target: string) =>
  [
    `GET ${target} HTTP/1.1`,
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    '\r\n',
  ].join('\r\n');

const isUp = async () => (await fetch(`${relay.http}/healthz`)).status;

describe('sockets of strangers', () => {
  it.each(['http://[', 'http://a:99999/', '//', '*', '/docs/%', '/docs/__proto__', '/docs/..%2fx'])(
    '[X20] an upgrade to %s is refused, and the relay lives',
    async (target) => {
      await say(relay.port, upgrade(target), 'document_unknown');
      expect(await isUp()).toBe(200);
    },
  );

  it('[X21] limit socketBytes: a message that never ends is cut off at the limit, not held', async () => {
    const { socket, closed } = await bareSocket(`${relay.ws}/docs/directory`);
    const part = new Uint8Array(32 * 1024);
    for (let sent = 0; sent <= limits.socketBytes.max; sent += part.length) socket.send(part, { fin: false });
    expect(await closed).toEqual({ code: 4413, reason: 'frame_too_large' });
  });

  it('[X21] the way of an authority is closed to large messages of others', async () => {
    const token = await tokenOf(relay, person());
    const { socket, closed } = await bareSocket(`${relay.ws}/mail?token=${token}`);
    socket.send(new Uint8Array(limits.socketBytes.max + 1));
    expect([4403, 4413]).toContain((await closed).code);
  });

  it.each([
    ['in its usual spelling', [0, 0, 1, 0]],
    ['with a longer zero', [0x80, 0, 0x80, 0, 1, 0]],
    ['as a question for everybody’s presence', [3]],
  ])('[X22] limit syncs: a request for everything %s is counted', async (_how, frame) => {
    const { room } = await publishRoom(relay, authority);
    const { socket, closed } = await bareSocket(`${relay.ws}/docs/room:${room}`);
    // Twice as many: a machine that stalls in between gives some of them back.
    for (let i = 0; i <= 2 * limits.syncs.max; i++) socket.send(new Uint8Array(frame));
    expect((await closed).reason).toBe('rate_limited');
  });

  it('[X23] limit syncBytes: an address that asks for whole documents over many sockets is sent away', async () => {
    const { room } = await publishRoom(relay, authority);
    const writer = await joinedDoc(relay, `room:${room}`, { token: await tokenOf(relay, person()) });
    for (let i = 0; i < 16; i++) writer.doc.getMap('large').set(`${i}`, 'x'.repeat(60_000));
    const most = limits.syncBytes.max * 0.01;
    await until(() => writer.provider.synced);
    let got = 0;
    let refused = 0;
    for (let i = 0; i < 4 && refused === 0; i++) {
      const reader = new WebSocket(`${relay.ws}/docs/room:${room}`);
      reader.on('message', (data: Buffer) => (got += data.length));
      reader.on('close', (_code, reason) => (refused += reason.toString() === 'rate_limited' ? 1 : 0));
      await new Promise((resolve) => reader.once('open', resolve));
      for (let asked = 0; asked < 3; asked++) reader.send(new Uint8Array([0, 0, 1, 0]));
      await until(() => refused > 0 || got > i * 2_000_000);
    }
    await until(() => refused > 0);
    expect(got).toBeLessThan(most + 2_000_000);
    expect(writer.closes).toEqual([]);
    writer.close();
  });
});

it('[X45] what costs the authority work is asked of it once, however many ask at one time', async () => {
  const { world } = await publishRoom(relay, authority);
  let asked = 0;
  authority.answer = (frame) => {
    if (frame.t !== 'get') return;
    asked++;
    const body = { bytes: new Uint8Array([asked]), immutable: false };
    setTimeout(() => authority.send({ t: 'reply', id: frame.id, status: 200, body }), 50);
  };
  const get = async (path: string) => (await fetch(`${relay.http}/log/${world}/${path}`)).status;
  const many = await Promise.all(Array.from({ length: 30 }, () => get('bundle.fair')));
  expect([asked, await get('bundle.fair'), asked]).toEqual([1, 200, 1]);
  expect(new Set(many)).toEqual(new Set([200]));
  authority.answer = (frame) => {
    asked++;
    if (frame.t === 'get')
      authority.send({ t: 'reply', id: frame.id, status: 404, body: { code: 'log_not_found' } });
  };
  // What is not there yet may be there the next moment.
  expect([await get('tile/0/000.p/9'), await get('tile/0/000.p/9'), asked]).toEqual([404, 404, 3]);
});

describe('one address with many keys', () => {
  async function askForWorld(): Promise<string> {
    const host = person();
    const nonce = random(16);
    const at = Date.now();
    const request = { authority: authority.key, host: host.key, game: 'nim', config: {}, nonce, at } as const;
    const bytes = makeCreate({ ...request, visibility: 'listed', room: null } as Parameters<
      typeof makeCreate
    >[0]);
    const pair = await signPair('create', seedSigner(host.seed), bytes);
    const body = new Uint8Array(encodePair(pair));
    const response = await fetch(`${relay.http}/worlds`, { method: 'POST', body });
    return Problem.parse(await response.json()).code;
  }

  it('[X24] limit createsPerAddress: gets no more worlds than its address may have', async () => {
    authority.answer = (frame) => {
      if (frame.t === 'mail')
        authority.send({ t: 'reply', id: frame.id, status: 422, body: { code: 'refused' } });
    };
    const first = await askForWorld();
    const second = await askForWorld();
    expect([first, second]).toEqual(['refused', 'worlds_exceeded']);
  });

  it('[X25] limit mailboxPerAddress: cannot fill a world’s mailbox while the authority is away', async () => {
    const { world } = await publishRoom(relay, authority);
    authority.close();
    const most = limits.mailboxPerAddress.max * 0.01;
    for (let i = 0; i < most; i++) {
      const kept = await postIntent(relay, world, await signedIntent(person(), world));
      expect(kept.status).toBe(202);
    }
    const full = await postIntent(relay, world, await signedIntent(person(), world));
    expect(Problem.parse(await full.json()).code).toBe('mailbox_full');
  });
});

it('[X47] another site’s page neither uses up its visitors’ tries at codes, nor guesses with them', async () => {
  await relay.close();
  relay = await startRelay();
  const { code } = await publishRoom(relay, attachAuthority(relay), 'unlisted');
  const type = (digits: string, headers = {}) =>
    fetch(`${relay.http}/codes/${digits}`, { method: 'POST', headers }).then(({ status }) => status);
  for (let i = 0; i < 20; i++) expect(await type('000000', { 'sec-fetch-site': 'cross-site' })).toBe(404);
  expect(await type(code, { 'sec-fetch-site': 'cross-site' })).toBe(404);
  expect(await type(code, { 'sec-fetch-site': 'same-origin' })).toBe(200);
});
