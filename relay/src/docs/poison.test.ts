import {
  createEncoder,
  toUint8Array,
  writeUint8,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
} from 'lib0/encoding';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type BareSocket, bareSocket, joinedDoc } from '../testing/docClient.ts';
import {
  type Person,
  type TestRelay,
  type TestRoom,
  attachAuthority,
  person,
  publishRoom,
  startRelay,
  tokenOf,
  until,
} from '../testing/party.ts';
import { awarenessFrame, updateFrame } from './frames.ts';

let relay: TestRelay;
let room: TestRoom;
let name: string;
let victim: Awaited<ReturnType<typeof joinedDoc>>;
let mallory: Person;

beforeEach(async () => {
  relay = await startRelay();
  room = await publishRoom(relay, attachAuthority(relay));
  name = `room:${room.room}`;
  victim = await joinedDoc(relay, name, { token: await tokenOf(relay, person()) });
  victim.doc.getArray('chat').push(['mine', 'too']);
  victim.provider.awareness.setLocalState({ name: 'Vic' });
  mallory = person();
});

/** After every poison the room goes on: the victim writes, a newcomer sees it, and nobody else was sent away. */
afterEach(async () => {
  victim.doc.getArray('chat').push(['still here']);
  const late = await joinedDoc(relay, name, { token: await tokenOf(relay, person()) });
  await until(
    () => late.doc.getArray('chat').length === victim.doc.getArray('chat').length,
    'the room to go on',
  );
  expect(late.doc.getArray('chat').toArray()).toEqual(['mine', 'too', 'still here']);
  expect(victim.closes).toEqual([]);
  late.close();
  victim.close();
  await relay.close();
});

async function socketOf(who: Person): Promise<BareSocket> {
  const bare = await bareSocket(`${relay.ws}/docs/${name}?token=${await tokenOf(relay, who)}`);
  await until(() => bare.got.length > 0);
  return bare;
}

async function sayPoison(frame: Uint8Array): Promise<{ readonly code: number; readonly reason: string }> {
  const { socket, closed } = await socketOf(mallory);
  socket.send(frame);
  return closed;
}

const poison = (update: Uint8Array) => sayPoison(updateFrame(update));

/** An update with one section a client: `[client, clock, lengths of GC structs]`. */
function rawUpdate(sections: readonly (readonly [number, number, readonly number[]])[]): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, sections.length);
  for (const [client, clock, lengths] of sections) {
    writeVarUint(encoder, lengths.length);
    writeVarUint(encoder, client);
    writeVarUint(encoder, clock);
    for (const length of lengths) {
      writeVarUint(encoder, 0); // GC
      writeVarUint(encoder, length);
    }
  }
  writeVarUint(encoder, 0); // no deletes
  return toUint8Array(encoder);
}

function rawDeletes(client: number, ranges: readonly (readonly [number, number])[]): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, 0);
  writeVarUint(encoder, 1);
  writeVarUint(encoder, client);
  writeVarUint(encoder, ranges.length);
  for (const [clock, length] of ranges) {
    writeVarUint(encoder, clock);
    writeVarUint(encoder, length);
  }
  return toUint8Array(encoder);
}

describe('poison for documents', () => {
  it('[Y21] twelve bytes that move a foreign client id’s clock are refused: they would silence its writer', async () => {
    await until(() => victim.provider.wsconnected);
    expect(await poison(rawUpdate([[victim.doc.clientID, 2, [50]]]))).toEqual({
      code: 4409,
      reason: 'client_taken',
    });
  });

  it('[Y21] a client id that only showed its presence belongs to its key already', async () => {
    const quiet = await joinedDoc(relay, name, { token: await tokenOf(relay, person()) });
    quiet.provider.awareness.setLocalState({ name: 'Quiet' });
    await until(() => victim.provider.awareness.getStates().has(quiet.doc.clientID));
    expect(await poison(rawUpdate([[quiet.doc.clientID, 0, [1]]]))).toEqual({
      code: 4409,
      reason: 'client_taken',
    });
    quiet.close();
  });

  it('[Y22] a clock gap is refused', async () => {
    expect(await poison(rawUpdate([[77, 10, [1]]]))).toEqual({ code: 4422, reason: 'update_gap' });
  });

  it('[Y22] limit clockAdvance: a leap of its own clock is refused', async () => {
    expect(await poison(rawUpdate([[77, 0, [2 ** 31]]]))).toEqual({ code: 4422, reason: 'update_gap' });
  });

  it('[Y22] a skip is refused', async () => {
    const holed = new Uint8Array([1, 3, 77, 0, 0, 1, 10, 5, 0, 1, 0]); // client 77 from 0: GC of 1, Skip of 5, GC of 1; no deletes
    expect(Y.decodeUpdate(holed).structs.map(({ length }) => length)).toEqual([1, 5, 1]);
    expect(await poison(holed)).toEqual({ code: 4422, reason: 'update_gap' });
  });

  it('[Y23] structs that would wait for something unknown are refused', async () => {
    const elsewhere = new Y.Doc();
    elsewhere.getArray('chat').push(['unknown']);
    const source = new Y.Doc();
    Y.applyUpdate(source, Y.encodeStateAsUpdate(elsewhere));
    const before = Y.encodeStateVector(source);
    source.getArray('chat').push(['depends']);
    expect(await poison(Y.encodeStateAsUpdate(source, before))).toEqual({
      code: 4422,
      reason: 'update_pending',
    });
  });

  it('[Y23] two structs that wait for each other are refused', async () => {
    const encoder = createEncoder();
    writeVarUint(encoder, 2);
    for (const [client, origin] of [
      [78, 77],
      [77, 78],
    ] as const) {
      writeVarUint(encoder, 1);
      writeVarUint(encoder, client);
      writeVarUint(encoder, 0);
      writeUint8(encoder, 0x80 | 8); // an item with an origin, JSON-like content
      writeVarUint(encoder, origin);
      writeVarUint(encoder, 0);
      writeVarUint(encoder, 1);
      writeVarUint(encoder, 126); // null
    }
    writeVarUint(encoder, 0);
    expect(await poison(toUint8Array(encoder))).toEqual({ code: 4422, reason: 'update_pending' });
  });

  it('[Y24] deleting what somebody else wrote is refused', async () => {
    expect(await poison(rawDeletes(victim.doc.clientID, [[0, 1]]))).toEqual({
      code: 4403,
      reason: 'delete_foreign',
    });
  });

  it('[Y24] deletes of what nobody has written are refused: they would wait', async () => {
    expect(await poison(rawDeletes(victim.doc.clientID, [[2, 1000]]))).toEqual({
      code: 4422,
      reason: 'update_pending',
    });
  });

  it('[Y24] taking out a map’s key that somebody else has set is refused', async () => {
    victim.doc.getMap('settings').set('topic', 'science');
    const copy = await joinedDoc(relay, name, { token: await tokenOf(relay, mallory) });
    await until(() => copy.doc.getMap('settings').has('topic'));
    copy.doc.getMap('settings').delete('topic');
    await until(() => copy.closes.length > 0);
    expect(copy.closes[0]).toEqual({ code: 4403, reason: 'delete_foreign' });
    expect(victim.doc.getMap('settings').get('topic')).toBe('science');
    copy.close();
  });

  it('[Y25] limit frameBytes: a hundred thousand client ids do not fit a frame, a thousand not a session', async () => {
    const many = (count: number) =>
      rawUpdate(Array.from({ length: count }, (_, i) => [1000 + i, 0, [1]] as const));
    expect(await poison(many(100_000))).toEqual({ code: 4413, reason: 'frame_too_large' });
    expect(await poison(many(1000))).toEqual({ code: 4429, reason: 'client_ids' });
  });

  it('[Y25] limit clientsPerSession: the ninth client id of a session is refused, the eighth is not', async () => {
    const { socket, closed } = await socketOf(mallory);
    for (let client = 101; client <= 108; client++) socket.send(updateFrame(rawUpdate([[client, 0, [1]]])));
    socket.send(updateFrame(rawUpdate([[101, 1, [1]]])));
    socket.send(updateFrame(rawUpdate([[109, 0, [1]]])));
    expect(await closed).toEqual({ code: 4429, reason: 'client_ids' });
  });

  it.each([
    ['no update', new Uint8Array([255, 255, 255])],
    ['an update that ends early', rawUpdate([[5, 0, [1]]]).slice(0, 3)],
    ['an unknown kind of content', new Uint8Array([1, 1, 5, 0, 31, 1, 1, 97, 0])],
  ])('[Y26] %s is refused', async (_, update) => {
    expect(await poison(update)).toEqual({ code: 4400, reason: 'update_malformed' });
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['an unknown kind', new Uint8Array([9, 0])],
    ['a length past the end', new Uint8Array([0, 2, 200, 1])],
    ['a state vector of nonsense', new Uint8Array([0, 0, 2, 255, 255])],
  ])('[Y26] a frame of %s is refused', async (_, frame) => {
    expect(await sayPoison(frame)).toEqual({ code: 4400, reason: 'frame_malformed' });
  });

  it('[Y26] text is refused', async () => {
    const { socket, closed } = await socketOf(mallory);
    socket.send('hello');
    expect(await closed).toEqual({ code: 4400, reason: 'frame_malformed' });
  });
});

describe('poison for presence', () => {
  const state = (client: number, clock: number, text = '{}') =>
    awarenessFrame([{ client, clock, state: text }]);

  it('[Y33] a giant clock is refused', async () => {
    expect(await sayPoison(state(55, 2 ** 40))).toEqual({ code: 4422, reason: 'awareness_clock' });
  });

  it('[Y33] limit awarenessClock: a clock may go up by a thousand at once and no further', async () => {
    const { socket, closed } = await socketOf(mallory);
    socket.send(state(55, 5));
    socket.send(state(55, 1005));
    socket.send(state(55, 2006));
    expect(await closed).toEqual({ code: 4422, reason: 'awareness_clock' });
  });

  it('[Y34] words for somebody else’s client id change nothing', async () => {
    const { socket } = await socketOf(mallory);
    socket.send(state(victim.doc.clientID, 900, '{"name":"Not Vic"}'));
    socket.send(state(56, 1, '{"name":"Mal"}'));
    await until(() => victim.provider.awareness.getStates().get(56)?.['name'] === 'Mal');
    expect(victim.provider.awareness.getLocalState()).toEqual({ name: 'Vic' });
    const late = await joinedDoc(relay, name);
    await until(() => late.provider.awareness.getStates().get(victim.doc.clientID) !== undefined);
    expect(late.provider.awareness.getStates().get(victim.doc.clientID)).toEqual({ name: 'Vic' });
    late.close();
    socket.close();
  });

  it('[Y34] presence under somebody else’s key is refused', async () => {
    const other = person();
    expect(await sayPoison(state(57, 1, JSON.stringify({ key: other.did })))).toEqual({
      code: 4403,
      reason: 'awareness_foreign',
    });
  });

  it('[Y35] limit awarenessBytes: presence past 2 KiB is refused', async () => {
    const text = JSON.stringify({ name: 'x'.repeat(3000) });
    expect(await sayPoison(state(58, 1, text))).toEqual({ code: 4413, reason: 'awareness_too_large' });
  });

  it('[Y26] presence that is no JSON is refused: stock clients would trip over it', async () => {
    const inner = createEncoder();
    for (const number of [1, 59, 1]) writeVarUint(inner, number);
    writeVarString(inner, '{oops');
    const encoder = createEncoder();
    writeVarUint(encoder, 1);
    writeVarUint8Array(encoder, toUint8Array(inner));
    expect(await sayPoison(toUint8Array(encoder))).toEqual({ code: 4400, reason: 'frame_malformed' });
  });
});

it('[Y7] limit framesPerConnection: more frames than the table allows are refused', async () => {
  const { socket, closed } = await socketOf(mallory);
  for (let i = 0; i < 9000; i++) socket.send(new Uint8Array([3]));
  expect(await closed).toEqual({ code: 4429, reason: 'rate_limited' });
});

it('[Y7] asking for the whole document over and over is refused', async () => {
  const { socket, got, closed } = await socketOf(mallory);
  for (let i = 0; i < 200; i++) socket.send(new Uint8Array([0, 0, 1, 0]));
  expect(await closed).toEqual({ code: 4429, reason: 'rate_limited' });
  expect(got.length).toBeLessThan(150);
});
