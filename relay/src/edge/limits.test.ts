import { WebSocket } from 'ws';
import { limits, paths, Problem, problems } from '@fairground/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createClientIds } from '../docs/clientIds.ts';
import { createMemoryStore } from '../store/memoryStore.ts';
import { bareSocket, joinedDoc } from '../testing/docClient.ts';
import {
  type TestRelay,
  attachAuthority,
  handClock,
  person,
  postIntent,
  publishRoom,
  random,
  signedIntent,
  startRelay,
  tokenOf,
  until,
} from '../testing/party.ts';
import { createRates } from './rates.ts';

let relay: TestRelay | undefined;
beforeEach(() => {
  relay = undefined;
});
afterEach(() => relay?.close());

it('[Y5] a budget refills evenly and says how long to wait', () => {
  const clock = handClock();
  const rates = createRates(clock, 2);
  const limit = { max: 6, per: 'key', windowMs: 60_000, code: 'rate_limited' } as const;
  for (let i = 0; i < 6; i++) expect(rates.take(limit, 'a')).toBeUndefined();
  expect(rates.take(limit, 'a')).toBe(10);
  expect(rates.take(limit, 'b')).toBeUndefined();
  clock.advance(10_000);
  expect(rates.take(limit, 'a')).toBeUndefined();
  expect(rates.take(limit, 'a')).toBe(10);
  const perAddress = { ...limit, per: 'address' } as const;
  for (let i = 0; i < 12; i++) expect(rates.take(perAddress, 'a')).toBeUndefined();
  expect(rates.take(perAddress, 'a')).toBe(5);
});

it('[Y5] two limits that say the same have two budgets', () => {
  const rates = createRates(handClock());
  const [one, other] = [1, 2].map(
    () => ({ max: 1, per: 'address', windowMs: 60_000, code: 'rate_limited' }) as const,
  );
  if (!one || !other) throw new Error('two limits');
  expect([rates.take(one, 'a'), rates.take(other, 'a')]).toEqual([undefined, undefined]);
  expect([rates.take(one, 'a'), rates.take(other, 'a')]).toEqual([60, 60]);
});

it('[Y5] limit requests: requests past an address’s budget are refused with a wait', async () => {
  relay = await startRelay({ addressFactor: 0.01 });
  const url = relay.http + paths.challenge(person().did);
  let response = await fetch(url);
  for (let i = 0; response.status === 200; i++) {
    expect(i).toBeLessThan(10);
    response = await fetch(url);
  }
  expect(response.status).toBe(429);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(Problem.parse(await response.json())).toMatchObject({
    code: 'rate_limited',
    retryAfter: expect.any(Number),
  });
});

it('[Y6] limit connections: connections past an address’s share are refused after the upgrade, and count down again', async () => {
  relay = await startRelay({ addressFactor: 0.0078125 }); // four of 512
  const url = `${relay.ws}/docs/directory`;
  const inside = await Promise.all([1, 2, 3, 4].map(() => bareSocket(url)));
  const fifth = await bareSocket(url);
  expect(await fifth.closed).toEqual({ code: 4429, reason: 'connections_exceeded' });
  inside[0]?.socket.close();
  await inside[0]?.closed;
  const again = await bareSocket(url);
  again.socket.ping();
  await new Promise((resolve) => again.socket.once('pong', resolve));
  for (const { socket } of [...inside, again]) socket.close();
});

it('[Y98] whoever listens hears something every 20 s, though nobody says anything', async () => {
  const clock = handClock();
  relay = await startRelay({ clock });
  attachAuthority(relay);
  const { socket, got } = await bareSocket(`${relay.ws}/docs/directory`);
  for (const beat of [1, 2, 3, 4]) {
    clock.advance(20_000);
    await until(() => got.length >= beat);
    // The pong is heard before the next beat, or it would count as missed.
    socket.ping();
    await new Promise((resolve) => socket.once('pong', resolve));
  }
  expect(socket.readyState).toBe(socket.OPEN);
  socket.close();
});

it('[Y5] limit intents: an intent past its key’s rate is refused', async () => {
  relay = await startRelay({ clock: handClock() });
  const authority = attachAuthority(relay);
  const room = await publishRoom(relay, authority);
  authority.answer = (frame) => {
    if (frame.t === 'mail')
      authority.send({ t: 'reply', id: frame.id, status: 403, body: { code: 'seat_unknown' } });
  };
  const who = person();
  const pair = await signedIntent(who, room.world);
  const statuses = new Map<number, number>();
  for (let i = 0; i < limits.intents.max + 5; i++) {
    const { status } = await postIntent(relay, room.world, pair);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect(statuses.get(429)).toBeGreaterThan(0);
  expect((await postIntent(relay, room.world, await signedIntent(person(), room.world))).status).toBe(403);
});

describe('documents', () => {
  it('[Y27] limit documentBytes: a document at its limit takes no more, and can still be read', async () => {
    const store = createMemoryStore();
    relay = await startRelay({ store });
    const room = await publishRoom(relay, attachAuthority(relay));
    const big = new Y.Doc();
    big.getArray('chat').push([new Uint8Array(limits.documentBytes.max - 1000)]);
    await store.docs.append([{ name: `room:${room.room}`, update: Y.encodeStateAsUpdate(big), clients: [] }]);
    const client = await joinedDoc(relay, `room:${room.room}`, { token: await tokenOf(relay, person()) });
    client.doc.getArray('chat').push([new Uint8Array(4000)]);
    await until(() => client.closes.length > 0);
    expect(client.closes[0]).toEqual({ code: 4413, reason: 'document_full' });
    const reader = await joinedDoc(relay, `room:${room.room}`);
    expect(reader.doc.getArray('chat').length).toBe(1);
    client.close();
    reader.close();
  });

  it('[Y28] limit clientsPerSession, limit clientsPerKey, limit documentClients: client ids are counted by session, by key and by document, and stay with their key', () => {
    const who = (hex: string, sid: string) => ({
      did: '',
      key: new Uint8Array(32).fill(Number(hex)),
      hex: hex.padStart(2, '0').repeat(32),
      sid,
    });
    const ids = createClientIds([{ client: 1, key: new Uint8Array(32).fill(9) }]);
    expect(ids.bind(who('8', 'a'), [1])).toEqual({ ok: false, code: 'client_taken' });
    expect(ids.bind(who('9', 'a'), [1]).ok).toBe(true);
    for (let session = 0; session < 24; session++) {
      const mine = Array.from({ length: 8 }, (_, i) => 100 + session * 8 + i);
      expect(ids.bind(who('8', String(session)), mine).ok).toBe(true);
      expect(ids.bind(who('8', String(session)), [7]).ok).toBe(false);
    }
    expect(ids.bind(who('8', 'x'), [10_000, 10_001, 10_002, 10_003, 10_004, 10_005, 10_006, 10_007]).ok).toBe(
      true,
    );
    expect(ids.bind(who('8', 'y'), [20_000])).toEqual({ ok: false, code: 'client_ids' });
    const full = createClientIds(
      Array.from({ length: limits.documentClients.max }, (_, client) => ({ client, key: random(32) })),
    );
    expect(full.bind(who('7', 'z'), [9_999_999])).toEqual({ ok: false, code: 'document_clients' });
  });
});

it('[Y29] a document larger than what may wait arrives on a slow path, whatever is said meanwhile', async () => {
  const store = createMemoryStore();
  relay = await startRelay({ store });
  const { room } = await publishRoom(relay, attachAuthority(relay));
  const big = new Y.Doc();
  big.getArray('chat').push([new Uint8Array(limits.documentBytes.max - 1000)]);
  const whole = Y.encodeStateAsUpdate(big);
  await store.docs.append([{ name: `room:${room}`, update: whole, clients: [] }]);
  const { socket, got } = await bareSocket(`${relay.ws}/docs/room:${room}`);
  socket.pause();
  socket.send(new Uint8Array([0, 0, 1, 0])); // step 1 of an empty document
  for (let asked = 0; asked < 10; asked++) socket.send(new Uint8Array([3])); // who is here?
  await until(async () => (await (await fetch(`${relay?.http}/metrics`)).text()).length > 0);
  socket.resume();
  await until(() => got.some(({ length }) => length > whole.length));
  expect(socket.readyState).toBe(socket.OPEN);
  socket.close();
});

it('[Y29] limit bufferedBytes: a reader that does not read is dropped, and the room goes on', async () => {
  relay = await startRelay();
  const authority = attachAuthority(relay);
  const { world } = await publishRoom(relay, authority);
  const slow = new WebSocket(`${relay.ws}/docs/tail:${world}`);
  await new Promise((resolve) => slow.once('open', resolve));
  slow.pause();
  const source = new Y.Doc();
  let vector = Y.encodeStateVector(source);
  const metrics = async () => (await fetch(`${relay?.http}/metrics`)).text();
  for (let i = 0; i < 40 && !(await metrics()).includes('slow_reader'); i++) {
    source.getArray('batches').push([random(1_000_000)]);
    authority.send({ t: 'doc', name: `tail:${world}`, update: Y.encodeStateAsUpdate(source, vector) });
    vector = Y.encodeStateVector(source);
  }
  await until(
    async () => (await metrics()).includes('relay_socket_closed_total{code="slow_reader"} 1'),
    'the slow reader to be dropped',
  );
  const reader = await joinedDoc(relay, `tail:${world}`);
  await until(() => reader.doc.getArray('batches').length === source.getArray('batches').length);
  expect(reader.closes).toEqual([]);
  reader.close();
  slow.terminate();
});

it('[Y56] a connection’s round trip is measured and handed to the authority with its intents', async () => {
  relay = await startRelay();
  const authority = attachAuthority(relay);
  const room = await publishRoom(relay, authority);
  authority.answer = (frame) => {
    if (frame.t === 'mail')
      authority.send({ t: 'reply', id: frame.id, status: 403, body: { code: 'seat_unknown' } });
  };
  const who = person();
  const client = await joinedDoc(relay, `room:${room.room}`, { token: await tokenOf(relay, who) });
  await postIntent(relay, room.world, await signedIntent(who, room.world));
  const mail = authority.mail.at(-1);
  expect(mail?.t === 'mail' && mail.rtt).toBeTypeOf('number');
  client.close();
});

it('[Y5] every code that the relay closes or refuses with is in the table', () => {
  for (const { code } of Object.values(limits))
    expect(problems.get(code)?.close).toBeGreaterThanOrEqual(4400);
});
