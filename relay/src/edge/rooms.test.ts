import {
  bytesToBase64url,
  seedSigner,
  signCheckpoint,
  unwrap,
  pairFromJson,
  parseSeen,
  sha256,
} from '@fairground/ledger';
import {
  AuthorityReply,
  BankReply,
  CodeReply,
  KeptReply,
  Problem,
  RoomReply,
  limits,
  paths,
  worldBytes,
} from '@fairground/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type HandAuthority,
  type TestRelay,
  attachAuthority,
  handClock,
  person,
  postIntent,
  publishRoom,
  random,
  signedIntent,
  startRelay,
  until,
} from '../testing/party.ts';
import { addressOf } from './address.ts';
import { createCodeGuard } from './codeGuard.ts';
import { createRates } from './rates.ts';

let relay: TestRelay;
let authority: HandAuthority;
beforeEach(async () => {
  relay = await startRelay();
  authority = attachAuthority(relay);
});
afterEach(() => relay.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(relay.http + path, { headers });
async function codeOf(response: Response): Promise<string> {
  return Problem.parse(await response.json()).code;
}

describe('rooms', () => {
  it('[Y16] a code opens its room and hands out the capability', async () => {
    const room = await publishRoom(relay, authority, 'unlisted');
    const response = await fetch(`${relay.http}/codes/${room.code}`, { method: 'POST' });
    const reply = CodeReply.parse(await response.json());
    expect(reply).toEqual({ room: room.room, world: room.world, cap: room.cap, visibility: 'unlisted' });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('[Y16] a code that the authority took back opens nothing', async () => {
    const room = await publishRoom(relay, authority, 'unlisted');
    const again = await publishRoom(relay, authority, 'unlisted');
    const cap = new Uint8Array(16);
    authority.send({
      t: 'room',
      room: new Uint8Array(16),
      visibility: 'unlisted',
      cap,
      code: room.code,
      world: worldBytes(again.world),
      game: 'nim',
      title: 'took it over',
    });
    await until(
      async () =>
        CodeReply.parse(await (await fetch(`${relay.http}/codes/${room.code}`, { method: 'POST' })).json())
          .room === 'a'.repeat(26),
    );
    authority.send({
      t: 'room',
      room: new Uint8Array(16),
      visibility: 'unlisted',
      cap,
      code: null,
      world: worldBytes(again.world),
      game: 'nim',
      title: 'let go',
    });
    await until(
      async () => (await fetch(`${relay.http}/codes/${room.code}`, { method: 'POST' })).status === 404,
    );
    expect((await relay.store.rooms.all()).rooms).toHaveLength(3);
  });

  it('[Y14] what a room is called needs its capability too', async () => {
    const room = await publishRoom(relay, authority, 'private');
    expect(await codeOf(await get(paths.room(room.room)))).toBe('capability_needed');
    expect(RoomReply.parse(await (await get(paths.room(room.room, room.cap))).json())).toMatchObject({
      title: 'A room',
      code: null,
    });
    expect(await codeOf(await get(`/rooms/${'a'.repeat(26)}`))).toBe('room_unknown');
    expect(await codeOf(await get('/rooms/..%2f..'))).toBe('room_unknown');
  });

  it('[Y18] who the authority is and what can be played is known once it has said so', async () => {
    const topics = [{ topic: 'science', language: 'en', count: 60, plain: 44 }];
    authority.send({ t: 'bank', topics });
    await until(async () => (await get(paths.bank())).status === 200);
    expect(BankReply.parse(await (await get(paths.bank())).json())).toEqual(topics);
    const before = Date.now();
    const reply = AuthorityReply.parse(await (await get(paths.authority())).json());
    expect(reply.now).toBeGreaterThanOrEqual(before);
    expect(reply.now).toBeLessThanOrEqual(Date.now());
    expect(reply).toMatchObject({
      name: 'test.local/abc',
      origin: 'test.local/abc/',
      games: [{ name: 'nim', version: 1, rules: '00'.repeat(32) }],
    });
  });
});

describe('guessing codes', () => {
  it('[Y17] limit codeLookups: an address has ten tries a minute over HTTP', async () => {
    let response = await fetch(`${relay.http}/codes/000000`, { method: 'POST' });
    for (let tries = 1; response.status !== 429; tries++) {
      expect(tries).toBeLessThanOrEqual(limits.codeLookups.max);
      response = await fetch(`${relay.http}/codes/000000`, { method: 'POST' });
    }
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await codeOf(response)).toBe('code_attempts');
  });

  it('[Y17] after three misses the wait doubles, up to ten minutes; ten quiet minutes end it, a hit does not', () => {
    const clock = handClock();
    const guard = createCodeGuard(clock, createRates(clock));
    const waits: (number | undefined)[] = [];
    for (let i = 0; i < 14; i++) {
      expect(guard.mayTry('a')).toBeUndefined();
      guard.missed('a');
      const wait = guard.mayTry('a');
      waits.push(wait);
      clock.advance((wait ?? 0) * 1000 + 20_000);
    }
    expect(waits.slice(0, 9)).toEqual([undefined, undefined, undefined, 2, 4, 8, 16, 32, 64]);
    expect(waits.at(-1)).toBe(600);
    expect(guard.mayTry('b')).toBeUndefined();
    guard.found('a');
    guard.missed('a');
    expect(guard.mayTry('a')).toBe(600);
    clock.advance(600_000 + 600_001);
    guard.missed('a');
    expect(guard.mayTry('a')).toBeUndefined();
  });

  it('[Y17] a whole party may type the right code behind one address', () => {
    const clock = handClock();
    const guard = createCodeGuard(clock, createRates(clock));
    for (let guest = 0; guest < 50; guest++) {
      expect(guard.mayTry('router')).toBeUndefined();
      guard.found('router');
    }
    for (let guess = 0; guess < limits.codeLookups.max; guess++) guard.mayTry('router');
    expect(guard.mayTry('router')).toBeGreaterThan(0);
  });

  it.each([
    ['::ffff:10.0.0.7', undefined, '10.0.0.7'],
    ['2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', undefined, '2001:db8:1:2::/64'],
    ['::1', undefined, '0:0:0:0::/64'],
    ['10.0.0.1', 'spoofed, 203.0.113.9', '203.0.113.9'],
  ])('[Y8] %s (forwarded %s) counts as %s', (remote, forwarded, address) => {
    expect(addressOf(remote, forwarded)).toBe(address);
  });
});

describe('the log', () => {
  const seed = new Uint8Array(32).fill(9);

  it('[Y60] is served with types, caching, ETag and CORS', async () => {
    const room = await publishRoom(relay, authority);
    const world = worldBytes(room.world);
    const push = (path: string, immutable: boolean) =>
      authority.send({ t: 'log', world, path, bytes: new Uint8Array([1, 2]), immutable });
    for (const path of ['tile/0/000', 'tile/0/001.p/7', 'rotations', 'checkpoint'])
      push(path, path === 'tile/0/000');
    await until(async () => (await get(paths.log(room.world, 'checkpoint'))).status === 200);
    const caching = async (path: string) =>
      (await get(paths.log(room.world, path))).headers.get('cache-control');
    expect(await caching('tile/0/000')).toBe('public, max-age=31536000, immutable');
    expect(await caching('tile/0/001.p/7')).toBe('public, max-age=300');
    for (const path of ['checkpoint', 'rotations'])
      expect(await caching(path)).toBe('public, max-age=1, must-revalidate');
    const tile = await get(paths.log(room.world, 'tile/0/000'));
    expect(new Uint8Array(await tile.arrayBuffer())).toEqual(new Uint8Array([1, 2]));
    expect(tile.headers.get('access-control-allow-origin')).toBe('*');
    const etag = tile.headers.get('etag') ?? '';
    const again = await get(paths.log(room.world, 'tile/0/000'), { 'if-none-match': etag });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it('[Y61] is asked of the authority when the relay does not hold it; full tiles are asked for once', async () => {
    const room = await publishRoom(relay, authority);
    authority.answer = (frame) => {
      if (frame.t !== 'get') return;
      const isThere = frame.path === 'tile/0/000';
      const body = isThere ? { bytes: new Uint8Array([9]), immutable: true } : { code: 'log_not_found' };
      authority.send({ t: 'reply', id: frame.id, status: isThere ? 200 : 404, body });
    };
    expect((await get(paths.log(room.world, 'tile/0/000'))).status).toBe(200);
    expect((await get(paths.log(room.world, 'tile/0/000'))).status).toBe(200);
    expect(await codeOf(await get(paths.log(room.world, 'tile/0/001')))).toBe('log_not_found');
    expect(authority.mail.filter((frame) => frame.t === 'get')).toHaveLength(2);
    authority.close();
    await until(async () => (await get(paths.log(room.world, 'bundle.fair'))).status === 503);
  });

  it('[Y14] of a private room needs the capability, by parameter or header, and stays out of shared caches', async () => {
    const room = await publishRoom(relay, authority, 'private');
    const path = 'tile/0/000';
    authority.send({
      t: 'log',
      world: worldBytes(room.world),
      path,
      bytes: new Uint8Array([1]),
      immutable: true,
    });
    await until(async () => (await get(`${paths.log(room.world, path)}?cap=${room.cap}`)).status === 200);
    expect(await codeOf(await get(paths.log(room.world, path)))).toBe('capability_needed');
    const other = await publishRoom(relay, authority, 'private');
    expect(await codeOf(await get(`${paths.log(room.world, path)}?cap=${other.cap}`))).toBe(
      'capability_wrong',
    );
    const inside = await get(paths.log(room.world, path), { 'fairground-capability': room.cap ?? '' });
    expect(inside.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
  });

  it.each([
    'tile/0/00',
    'tile/0/0000',
    'tile/64/000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/x00/000',
    '..%2f..%2frelay.sqlite',
    'tile/..%2fcheckpoint',
    'snapshot/abc',
    `snapshot/${'A'.repeat(64)}`,
    'checkpoint/',
    'Checkpoint',
    '%2e%2e/%2e%2e/etc/passwd',
  ])('[Y62] the path %s is none of a log and never reaches the authority', async (path) => {
    const room = await publishRoom(relay, authority);
    const response = await get(`/log/${room.world}/${path}`);
    expect(response.status).toBe(404);
    expect(authority.mail.filter((frame) => frame.t === 'get' && frame.path !== 'checkpoint')).toEqual([]);
  });

  it('[Y50] the relay’s word holds the newest head that it knows', async () => {
    const room = await publishRoom(relay, authority);
    const root = sha256(new Uint8Array([4]));
    const note = await signCheckpoint(seedSigner(seed), {
      origin: `test.local/abc/${room.world}`,
      size: 12,
      root,
    });
    authority.send({
      t: 'log',
      world: worldBytes(room.world),
      path: 'checkpoint',
      bytes: note,
      immutable: false,
    });
    await until(async () => (await get(paths.log(room.world, 'checkpoint'))).status === 200);
    authority.close();
    const response = await postIntent(relay, room.world, await signedIntent(person(), room.world));
    const word = unwrap(parseSeen(unwrap(pairFromJson(KeptReply.parse(await response.json()).seen)).bytes));
    expect(word.headSize).toBe(12);
    expect(bytesToBase64url(word.headRoot)).toBe(bytesToBase64url(root));
  });

  it('[Y19] an authority publishes for its own worlds only', async () => {
    const world = random(32);
    authority.send(
      { t: 'log', world, path: 'checkpoint', bytes: new Uint8Array([1]), immutable: false },
      { t: 'bank', topics: [] },
    );
    await until(async () => (await get(paths.bank())).status === 200);
    expect((await relay.store.rooms.all()).worlds).toEqual([]);
  });
});
