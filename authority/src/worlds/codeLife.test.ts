import { type Bytes, bytesToHex } from '@fairground/ledger';
import type { CreateReplyBody } from '@fairground/protocol';
import { expect, it } from 'vitest';
import { createDevice } from '../testing/device.ts';
import { openParty, type Party, restart, testKeys } from '../testing/party.ts';
import { tally } from '../testing/tally.ts';

const games = [tally];
const hourMs = 3_600_000;

/** The code under which the relay was told last of a world's room. */
function codeOf({ relay }: Party, world: Bytes): string | null | undefined {
  const id = bytesToHex(world);
  return relay.frames
    .filter((frame) => frame.t === 'room')
    .findLast((frame) => bytesToHex(frame.world) === id)?.code;
}

interface Evening {
  readonly party: Party;
  readonly over: CreateReplyBody;
  readonly open: CreateReplyBody;
}

/** Two matches: one that was played to its end just now, and one that goes on. */
async function playOne(): Promise<Evening> {
  const party = await openParty({ games });
  const ann = createDevice('Ann');
  const over = await party.create(ann, 'tally', { goal: 1 });
  const open = await party.create(ann, 'tally', { goal: 1 });
  for (const { world } of [over, open]) await party.send(ann, world, 'join');
  await party.send(ann, over.world, 'add', { count: 1 });
  await party.settle();
  expect(party.follow(over.world).closed).toMatchObject({ reason: 'goal' });
  expect(over.code).toMatch(/^\d{6}$/);
  expect([codeOf(party, over.world), codeOf(party, open.world)]).toEqual([over.code, open.code]);
  return { party, over, open };
}

/** It is gone for good, and the room is still its host's: who has its address finds it. */
async function expectTaken({ store }: Party, world: Bytes): Promise<void> {
  const rooms = await store.rooms();
  expect(rooms.find((room) => bytesToHex(room.world) === bytesToHex(world))).toMatchObject({ code: null });
}

it('[A67] a code is taken back 48 hours after its room’s last match has ended, and not before', async () => {
  const { party, over, open } = await playOne();
  const ended = party.clock.now();

  const soon = await restart(party, { games, startAt: ended + 47 * hourMs });
  expect([codeOf(soon, over.world), codeOf(soon, open.world)]).toEqual([over.code, open.code]);

  const late = await restart(soon, { games, startAt: ended + 49 * hourMs });
  expect([codeOf(late, over.world), codeOf(late, open.world)]).toEqual([null, open.code]);
  await expectTaken(late, over.world);
  for (const { authority } of [party, soon, late]) await authority.close();
});

it('[A67] it is taken back while the authority runs, within the hour', async () => {
  const { party, over, open } = await playOne();
  for (let hours = 0; hours < 48; hours++) await pass(party);
  expect([codeOf(party, over.world), codeOf(party, open.world)]).toEqual([over.code, open.code]);
  await pass(party);
  expect([codeOf(party, over.world), codeOf(party, open.world)]).toEqual([null, open.code]);
  await expectTaken(party, over.world);
  await party.authority.close();
});

it('[A67] that the match was long does not count: the 48 hours begin when it ends', async () => {
  const party = await openParty({ games });
  const ann = createDevice('Ann');
  const { world, code } = await party.create(ann, 'tally', { goal: 1 });
  await party.send(ann, world, 'join');
  for (let hours = 0; hours < 60; hours++) await pass(party);
  await party.send(ann, world, 'add', { count: 1 });
  await party.settle();
  expect(party.follow(world).closed).toMatchObject({ reason: 'goal' });
  for (let hours = 0; hours < 47; hours++) await pass(party);
  expect(codeOf(party, world)).toBe(code);
  for (let hours = 0; hours < 2; hours++) await pass(party);
  expect(codeOf(party, world)).toBeNull();
  await party.authority.close();
});

it('[A67] a room in which the next match has begun keeps its code', async () => {
  const { party, over } = await playOne();
  const { room } = over;
  const asked = { authority: testKeys.signer.key, game: 'tally', config: { goal: 1 }, at: party.clock.now() };
  const mail = createDevice('Ann').create({ ...asked, nonce: 9, room });
  expect(await party.relay.send('create', mail)).toMatchObject({ status: 200, body: { code: over.code } });
  await party.settle();
  for (let hours = 0; hours < 50; hours++) await pass(party);
  const [shown] = party.relay.frames.filter((frame) => frame.t === 'room').slice(-1);
  expect(shown).toMatchObject({ room, code: over.code });
  await party.authority.close();
});

/** An hour, without each of its seconds. */
async function pass({ clock, settle }: Party): Promise<void> {
  clock.jump(hourMs);
  await settle();
}
