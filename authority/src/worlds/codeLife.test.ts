import { type Bytes, bytesToHex } from '@fairground/ledger';
import { expect, it } from 'vitest';
import { createDevice } from '../testing/device.ts';
import { openParty, type Party, restart } from '../testing/party.ts';
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

it('[A67] a code is taken back 48 hours after its room’s last match has ended, and not before', async () => {
  const party = await openParty({ games });
  const ann = createDevice('Ann');
  const over = await party.create(ann, 'tally', { goal: 1 });
  const open = await party.create(ann, 'tally', { goal: 1 });
  for (const { world } of [over, open]) await party.send(ann, world, 'join');
  await party.send(ann, over.world, 'add', { count: 1 });
  await party.settle();
  expect(party.follow(over.world).closed).toMatchObject({ reason: 'goal' });
  expect(over.code).toMatch(/^\d{6}$/);
  const ended = party.clock.now();
  expect([codeOf(party, over.world), codeOf(party, open.world)]).toEqual([over.code, open.code]);

  const soon = await restart(party, { games, startAt: ended + 47 * hourMs });
  expect([codeOf(soon, over.world), codeOf(soon, open.world)]).toEqual([over.code, open.code]);

  const late = await restart(soon, { games, startAt: ended + 49 * hourMs });
  expect([codeOf(late, over.world), codeOf(late, open.world)]).toEqual([null, open.code]);
  // It is gone for good, and the room is still its host's: who has its address finds it.
  const rooms = await late.store.rooms();
  expect(rooms.find(({ world }) => bytesToHex(world) === bytesToHex(over.world))).toMatchObject({
    code: null,
  });
  for (const { authority } of [party, soon, late]) await authority.close();
});
