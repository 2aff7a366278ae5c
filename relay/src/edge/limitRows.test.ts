/** A hostile client for each row of the limits table that no test elsewhere quotes: refused by its code, and an honest reader goes on. */
import { encodePair, makeCreate, noIntent, seedSigner, signPair } from '@fairground/ledger';
import { limits, openChatLine, paths, Problem, signChatLine } from '@fairground/protocol';
import { afterEach, expect, it } from 'vitest';
import { createTallies } from '../mailbox/tallies.ts';
import { bareSocket, joinedDoc } from '../testing/docClient.ts';
import {
  attachAuthority,
  type HandAuthority,
  handClock,
  type Person,
  person,
  publishRoom,
  random,
  startRelay,
  type TestRelay,
  type TestRoom,
  tokenOf,
  until,
} from '../testing/party.ts';
import { boundAnswers } from './boundAnswers.ts';
import { createRates } from './rates.ts';
import type { Guest } from './sockets.ts';

let relay: TestRelay;
let authority: HandAuthority;
let room: TestRoom;
let honest: Awaited<ReturnType<typeof joinedDoc>>;

async function open(options: Parameters<typeof startRelay>[0] = {}): Promise<void> {
  relay = await startRelay(options);
  authority = attachAuthority(relay);
  room = await publishRoom(relay, authority);
  honest = await joinedDoc(relay, `room:${room.room}`, { token: await tokenOf(relay, person()) });
}

/** Whatever was tried: the honest reader was never sent away, and what it writes is taken. */
afterEach(async () => {
  honest.doc.getArray('chat').push(['still here']);
  const kept = async () => (await relay.store.docs.load(`room:${room.room}`))?.updates.length ?? 0;
  await until(async () => (await kept()) > 0, 'the room to go on');
  expect(honest.closes).toEqual([]);
  honest.close();
  await relay.close();
});

const codeOf = async (response: Response) => Problem.parse(await response.json()).code;
const docUrl = () => `${relay.ws}/docs/room:${room.room}`;

it('[X54] limit connectionsTotal: one socket more than the relay holds is told so', async () => {
  await open({ mostSockets: 5 });
  const inside = await Promise.all([1, 2, 3, 4].map(() => bareSocket(docUrl())));
  const refused = await bareSocket(docUrl());
  expect(await refused.closed).toEqual({ code: 4429, reason: 'connections_exceeded' });
  for (const { socket } of inside) socket.close();
});

it('[X54] limit connectionsPerKey: a key’s sockets are counted over all its sessions', async () => {
  await open();
  const who = person();
  const tokens = await Promise.all([tokenOf(relay, who), tokenOf(relay, who)]);
  const inside = await Promise.all(
    Array.from({ length: limits.connectionsPerKey.max }, (_, i) =>
      bareSocket(`${docUrl()}?token=${tokens[i % 2]}`),
    ),
  );
  const refused = await bareSocket(`${docUrl()}?token=${tokens[0]}`);
  expect(await refused.closed).toEqual({ code: 4429, reason: 'connections_exceeded' });
  for (const { socket } of inside) socket.close();
});

it('[X54] limit connects: who comes and goes all the time is told to wait', async () => {
  await open({ clock: handClock(), addressFactor: 0.05 });
  const most = limits.connects.max * 0.05;
  let refused = 0;
  for (let i = 0; i < most && refused === 0; i++) {
    const { socket, got, closed } = await bareSocket(docUrl());
    let said: unknown;
    void closed.then((end) => (said = end));
    // Whoever is in hears what the document has.
    await until(() => got.length > 0 || said !== undefined);
    if (got.length === 0) {
      expect(said).toEqual({ code: 4429, reason: 'rate_limited' });
      refused = i;
    }
    socket.close();
    await closed;
  }
  expect(refused).toBeGreaterThan(0);
});

it('[X54] limit bytesPerConnection: large frames count by their bytes', async () => {
  await open({ clock: handClock() });
  const { socket, closed } = await bareSocket(docUrl());
  // Of a kind that is passed over.
  const frame = new Uint8Array(limits.frameBytes.max).fill(2);
  for (let sent = 0; sent <= limits.bytesPerConnection.max; sent += frame.length) socket.send(frame);
  expect(await closed).toEqual({ code: 4429, reason: 'rate_limited' });
});

it('[X54] limit linkFrameBytes: even an authority’s message ends somewhere', async () => {
  const owner = person();
  await open({ authorities: [owner.key] });
  const { socket, closed } = await bareSocket(`${relay.ws}/mail?token=${await tokenOf(relay, owner)}`);
  socket.send(new Uint8Array(limits.linkFrameBytes.max + 1));
  expect(await closed).toEqual({ code: 4413, reason: 'frame_too_large' });
});

it('[X54] limit sessionRequests: handshakes are counted by address', async () => {
  await open({ clock: handClock(), addressFactor: 0.02 });
  const ask = () => fetch(relay.http + paths.challenge(person().did));
  const asked = await Promise.all(Array.from({ length: limits.sessionRequests.max * 0.02 }, ask));
  const [late] = asked.filter(({ status }) => status === 429);
  expect(late && (await codeOf(late))).toBe('rate_limited');
});

async function askForWorld(host: Person): Promise<string> {
  const request = {
    authority: authority.key,
    host: host.key,
    game: 'nim',
    config: {},
    nonce: random(16),
    at: Date.now(),
  };
  const bytes = makeCreate({ ...request, visibility: 'listed', room: null } as Parameters<
    typeof makeCreate
  >[0]);
  const body = new Uint8Array(encodePair(await signPair('create', seedSigner(host.seed), bytes)));
  return codeOf(await fetch(`${relay.http}/worlds`, { method: 'POST', body }));
}

it('[X54] limit creates: a host gets no more worlds than a host may have', async () => {
  await open({ clock: handClock() });
  authority.answer = (frame) => {
    if (frame.t === 'mail')
      authority.send({ t: 'reply', id: frame.id, status: 422, body: { code: 'refused' } });
  };
  const host = person();
  for (let i = 0; i < limits.creates.max; i++) expect(await askForWorld(host)).toBe('refused');
  expect(await askForWorld(host)).toBe('worlds_exceeded');
  expect(await askForWorld(person())).toBe('refused');
});

const waiting = (key: Uint8Array, length: number) => ({
  key,
  world: new Uint8Array(32),
  bytes: new Uint8Array(length),
});

it('[X54] limit mailboxBytes: what waits of a key is counted by its bytes too', async () => {
  await open();
  const tallies = createTallies();
  const [mine, other] = [random(32), random(32)];
  tallies.add(waiting(mine, limits.mailboxBytes.max - 10));
  expect(tallies.fullFor(waiting(mine, 11))).toBe(limits.mailboxBytes);
  expect([tallies.fullFor(waiting(mine, 10)), tallies.fullFor(waiting(other, 11))]).toEqual([
    undefined,
    undefined,
  ]);
});

it('[X54] limit mailboxPerWorld: a world’s mailbox is full for all keys and addresses', async () => {
  await open();
  const tallies = createTallies();
  for (let i = 0; i < limits.mailboxPerWorld.max; i++) tallies.add(waiting(random(32), 1));
  expect(tallies.fullFor({ ...waiting(random(32), 1), address: 'new' })).toBe(limits.mailboxPerWorld);
  expect(tallies.fullFor({ ...waiting(random(32), 1), world: random(32) })).toBeUndefined();
});

it('[X54] limit chatBytes: a line past it is no line', async () => {
  await open();
  const line = { room: new Uint8Array(16), epoch: 0, seq: 0, prev: noIntent, text: 'hello', at: 5 };
  const pair = await signChatLine(seedSigner(person().seed), line);
  expect((await openChatLine(pair)).ok).toBe(true);
  const long = new Uint8Array([...pair, ...new Uint8Array(limits.chatBytes.max)]);
  expect(await openChatLine(long)).toMatchObject({ ok: false, code: 'chat_malformed' });
});

it('[X54] limit bufferedBytes, limit syncBytes: a reader of segments that does not read, or asks without end, is dropped', async () => {
  await open();
  const closed: string[] = [];
  const sent: number[] = [];
  const socket = { bufferedAmount: 0, send: (data: Uint8Array) => void sent.push(data.length) };
  const guest = { socket, address: 'a', close: (code: string) => void closed.push(code) };
  boundAnswers(createRates(handClock()), guest as unknown as Guest);
  const segment = new Uint8Array(2 ** 20);
  socket.send(segment);
  socket.bufferedAmount = limits.bufferedBytes.max + 1;
  socket.send(segment);
  expect([sent.length, closed]).toEqual([1, ['slow_reader']]);
  socket.bufferedAmount = 0;
  for (let bytes = 0; bytes < limits.syncBytes.max; bytes += segment.length) socket.send(segment);
  expect(closed.at(-1)).toBe('rate_limited');
});

it('[X54] limit cosignatures: a log that has the witness sign all the time is told to wait', async () => {
  await open({ clock: handClock(), addressFactor: 0.05 });
  const ask = () => fetch(relay.http + paths.addCheckpoint(), { method: 'POST', body: 'old 0\n\nno note\n' });
  const statuses: number[] = [];
  for (let i = 0; i < limits.cosignatures.max * 0.05; i++) statuses.push((await ask()).status);
  expect(new Set(statuses)).toEqual(new Set([400]));
  expect(await codeOf(await ask())).toBe('rate_limited');
});
