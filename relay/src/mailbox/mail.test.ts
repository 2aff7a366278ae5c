import {
  encodePair,
  equalBytes,
  intentHash,
  pairFromJson,
  parseSeen,
  unwrap,
  verifyPair,
} from '@fairground/ledger';
import {
  IntentReply,
  KeptReply,
  type MailFrame,
  Problem,
  type ToAuthority,
  limits,
  worldBytes,
} from '@fairground/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type HandAuthority,
  type TestRelay,
  type TestRoom,
  attachAuthority,
  person,
  postIntent,
  publishRoom,
  random,
  signedIntent,
  startRelay,
  until,
} from '../testing/party.ts';
import { fairOrder } from './fairOrder.ts';
import { createRoundTrips } from './roundTrips.ts';

let relay: TestRelay;
let authority: HandAuthority;
let room: TestRoom;

beforeEach(async () => {
  relay = await startRelay();
  authority = attachAuthority(relay);
  room = await publishRoom(relay, authority);
});
afterEach(() => relay.close());

const receipt = [new Uint8Array([1, 2]), new Uint8Array(64)] as const;
const isIntent = (frame: ToAuthority): frame is MailFrame => frame.t === 'mail' && frame.kind === 'intent';
const intents = () => authority.mail.filter(isIntent);
const accept = (frame: ToAuthority) => {
  if (isIntent(frame))
    authority.send({ t: 'reply', id: frame.id, status: 200, body: { receipt: [...receipt], refused: null } });
};

async function codeOf(response: Response): Promise<string> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return Problem.parse(await response.json()).code;
}

describe('posting an intent', () => {
  it('[Y50] is answered with the authority’s receipt and the relay’s own word', async () => {
    authority.answer = accept;
    const who = person();
    const pair = await signedIntent(who, room.world, {
      body: { lot: 3, seal: { commit: new Uint8Array(32) } },
    });
    const response = await postIntent(relay, room.world, pair);
    expect(response.status).toBe(200);
    const reply = IntentReply.parse(await response.json());
    expect(unwrap(pairFromJson(reply.receipt))).toEqual({ bytes: receipt[0], sig: receipt[1] });
    expect(reply.refused).toBeNull();
    const seen = unwrap(pairFromJson(reply.seen));
    expect(await verifyPair('seen', relay.relay.witnessKey, seen)).toBe(true);
    const word = unwrap(parseSeen(seen.bytes));
    expect(equalBytes(word.intentHash, intentHash(pair.bytes))).toBe(true);
    expect(word).toMatchObject({ lot: 3, headSize: 0 });
    expect(equalBytes(word.world, worldBytes(room.world))).toBe(true);
    expect(intents()).toHaveLength(1);
    expect(intents()[0]).toMatchObject({
      via: 'relay',
      payload: pair.bytes,
      sig: pair.sig,
      seen: [seen.bytes, seen.sig],
    });
    expect(await relay.store.mailbox.pending()).toEqual([]);
  });

  it('[Y50] that is no sealed one has no lot in the relay’s word', async () => {
    authority.answer = accept;
    const reply = IntentReply.parse(
      await (
        await postIntent(relay, room.world, await signedIntent(person(), room.world, { body: { lot: 3 } }))
      ).json(),
    );
    expect(unwrap(parseSeen(unwrap(pairFromJson(reply.seen)).bytes)).lot).toBeNull();
  });

  it('[Y51] while the authority is away is kept, durably, and handed over when it is back', async () => {
    authority.close();
    await until(async () => (await relay.store.mailbox.pending()).length === 0);
    const pair = await signedIntent(person(), room.world);
    const response = await postIntent(relay, room.world, pair);
    expect(response.status).toBe(202);
    expect(KeptReply.parse(await response.json()).kept).toBe(true);
    expect((await relay.store.mailbox.pending()).map(({ bytes }) => bytes)).toEqual([pair.bytes]);
    authority = attachAuthority(relay, 2);
    authority.answer = accept;
    await until(() => intents().length === 1);
    await until(async () => (await relay.store.mailbox.pending()).length === 0);
    expect(intents()[0]?.payload).toEqual(pair.bytes);
  });

  it('[Y51] is kept at once when the authority goes away in the middle, and survives a restart of the relay', async () => {
    const pair = await signedIntent(person(), room.world);
    const posted = postIntent(relay, room.world, pair);
    await until(() => intents().length === 1);
    authority.close();
    expect((await posted).status).toBe(202);
    const { store } = relay;
    await relay.close();
    relay = await startRelay({ store });
    authority = attachAuthority(relay, 2);
    await until(() => intents().length === 1);
    expect(intents()[0]?.payload).toEqual(pair.bytes);
  });

  it('[Y52] twice is one mail, and both senders get its answer', async () => {
    const pair = await signedIntent(person(), room.world);
    const both = [postIntent(relay, room.world, pair), postIntent(relay, room.world, pair)];
    await until(() => intents().length > 0);
    await until(async () => (await fetch(`${relay.http}/metrics`)).ok);
    for (const frame of intents()) accept(frame);
    const statuses = (await Promise.all(both)).map(({ status }) => status);
    expect(statuses).toEqual([200, 200]);
    expect(intents()).toHaveLength(1);
  });

  it('[Y53] that the authority does not take comes back as its problem and is forgotten', async () => {
    authority.answer = (frame) => {
      if (isIntent(frame))
        authority.send({
          t: 'reply',
          id: frame.id,
          status: 409,
          body: { code: 'fork', detail: 'Take the next number.', retryAfter: 1 },
        });
    };
    const response = await postIntent(relay, room.world, await signedIntent(person(), room.world));
    expect(response.status).toBe(409);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await response.json()).toEqual({
      type: 'urn:fairground:problem:fork',
      title: 'Two intents with one number',
      status: 409,
      code: 'fork',
      detail: 'Take the next number.',
      retryAfter: 1,
    });
    expect(await relay.store.mailbox.pending()).toEqual([]);
  });

  it('[Y53] that the rules refuse is 200 with the code, for it is in the ledger', async () => {
    authority.answer = (frame) => {
      const refused = { code: 'not_your_turn', detail: 'Wait.' };
      if (isIntent(frame))
        authority.send({ t: 'reply', id: frame.id, status: 200, body: { receipt: [...receipt], refused } });
    };
    const response = await postIntent(relay, room.world, await signedIntent(person(), room.world));
    expect(IntentReply.parse(await response.json()).refused).toEqual({
      code: 'not_your_turn',
      detail: 'Wait.',
    });
  });
});

describe('what never reaches the authority', () => {
  afterEach(() => expect(intents()).toEqual([]));

  const post = (body: Uint8Array, world: string = room.world) =>
    fetch(`${relay.http}/worlds/${world}/intents`, { method: 'POST', body: new Uint8Array(body) });

  it('[Y54] a garbled signature', async () => {
    const { bytes, sig } = await signedIntent(person(), room.world);
    const garbled = sig.slice();
    garbled[5] = (garbled[5] ?? 0) ^ 1;
    expect(await codeOf(await post(encodePair({ bytes, sig: garbled })))).toBe('signature_invalid');
    expect(await relay.store.mailbox.pending()).toEqual([]);
  });

  it.each([
    ['no CBOR', new Uint8Array([255]), 'pair_malformed'],
    ['null', new Uint8Array([0xf6]), 'pair_malformed'],
    [
      'bytes that are no intent',
      encodePair({ bytes: new Uint8Array([0xa0]), sig: new Uint8Array(64) }),
      'intent_shape',
    ],
    [
      'an intent past its limit',
      encodePair({ bytes: new Uint8Array(limits.intentBytes.max + 1), sig: new Uint8Array(64) }),
      'intent_too_large',
    ],
    ['a body past its limit', new Uint8Array(limits.bodyBytes.max + 1), 'body_too_large'],
  ])('[Y54] limit bodyBytes, limit intentBytes: %s', async (_, body, code) => {
    expect(await codeOf(await post(body))).toBe(code);
  });

  it('[Y54] an intent for another world, or for none that is known', async () => {
    const other = await publishRoom(relay, authority);
    const pair = await signedIntent(person(), other.world);
    expect(await codeOf(await postIntent(relay, room.world, pair))).toBe('world_mismatch');
    expect(await codeOf(await post(encodePair(pair), 'a'.repeat(52)))).toBe('world_unknown');
  });
});

it('[Y55] limit mailboxPending: a key has 64 intents waiting and no more; others are not held up', async () => {
  authority.close();
  await until(
    async () =>
      (await postIntent(relay, room.world, await signedIntent(person(), room.world))).status === 202,
  );
  const who = person();
  const post = async (seq: number) =>
    postIntent(relay, room.world, await signedIntent(who, room.world, { seq }));
  for (let seq = 0; seq < limits.mailboxPending.max; seq++) expect((await post(seq)).status).toBe(202);
  const response = await post(64);
  expect(response.status).toBe(429);
  expect(response.headers.get('retry-after')).toBe('10');
  expect(await codeOf(response)).toBe('mailbox_full');
  expect((await postIntent(relay, room.world, await signedIntent(person(), room.world))).status).toBe(202);
});

it('[Y55] waiting mail is handed over in rounds, a key at a time', () => {
  const mail = (id: number, key: number) => ({
    id,
    key: new Uint8Array([key]),
    world: random(32),
    hash: random(32),
    bytes: random(1),
    sig: random(64),
    seen: { bytes: random(1), sig: random(64) },
  });
  const ordered = fairOrder([mail(1, 1), mail(2, 1), mail(3, 1), mail(4, 2), mail(5, 3), mail(6, 2)]);
  expect(ordered.map(({ id }) => id)).toEqual([1, 4, 5, 2, 6, 3]);
});

it('[Y56] the round trip that counts is the least of the last eight', () => {
  const trips = createRoundTrips();
  expect(trips.least('a')).toBeUndefined();
  for (const ms of [3, 40, 20, 60]) trips.record('a', ms);
  expect(trips.least('a')).toBe(3);
  for (let i = 0; i < 7; i++) trips.record('a', 50 + i);
  expect(trips.least('a')).toBe(50);
  expect(trips.least('b')).toBeUndefined();
});
