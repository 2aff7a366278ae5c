import {
  type Cbor,
  decodeEntry,
  intentHeader,
  parseIntent,
  type SignedPair,
  unwrap,
  verify,
  zipSource,
} from '@fairground/ledger';
import { type Follower, type Joined, until } from '@fairground/peer';
import { paths, worldBytes } from '@fairground/protocol';
import { answerBody, games, type TriviaView } from '@fairground/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTemporaryHouse, type TemporaryHouse } from '../server/temporaryHouse.ts';
import { createOutlaw, createWorld, loggedOf, type Outlaw, post } from './outlaw.ts';

let house: TemporaryHouse;
let joined: Joined;
let other: Joined;
let follower: Follower;
const people: Record<string, Outlaw> = {};
/** What was said to each attempt. */
const heard: Record<string, unknown> = {};

const view = () => follower.value.view as TriviaView;
const phase = (wanted: TriviaView['phase']) =>
  until(follower, ({ view: shown }) => (shown as TriviaView | undefined)?.phase === wanted);

function person(name: string): Outlaw {
  return (people[name] ??= createOutlaw(house.url, name));
}

/** A body for the answer to the open question, sealed as it should be. */
function sealed(outlaw: Outlaw, choice: number) {
  const world = worldBytes(joined.world);
  const { seq, prev } = outlaw.place;
  const header = intentHeader({ world, key: outlaw.key, seq, prev, kind: 'answer' });
  const pk = follower.log.lotKeys.get(0) ?? new Uint8Array(32).fill(9);
  const nonce = crypto.getRandomValues(new Uint8Array(32));
  return bodyOf(answerBody({ world, lot: 0, pk, key: outlaw.key, header, choice, nonce }));
}

function bodyOf({ lot, seal }: ReturnType<typeof answerBody>): { readonly [field: string]: Cbor } {
  return { lot, seal: { ...seal } };
}

/** The pair of a key's newest intent in the log, as any reader has it. */
function lastOf(outlaw: Outlaw): SignedPair {
  for (const bytes of follower.log.entries.toReversed()) {
    const entry = unwrap(decodeEntry(bytes));
    if (entry.kind !== 'intent') continue;
    if (Buffer.from(unwrap(parseIntent(entry.bytes)).key).equals(outlaw.key)) return entry;
  }
  throw new Error('it said nothing');
}

/** One question in which everybody but Ada and Zoe tries something. */
beforeAll(async () => {
  house = await openTemporaryHouse();
  const [ada, zoe, mal, low, gone, late] = ['Ada', 'Zoe', 'Mal', 'Low', 'Gone', 'Late'].map(person);
  if (!ada || !zoe || !mal || !low || !gone || !late) throw new Error('six people');
  // All that is tried while the question is open is one request after the other, each of them on the disk.
  const config = { questions: 1, windowMs: 15_000, graceMs: 0, revealMs: 5_000 };
  joined = await createWorld(ada, config);
  other = await createWorld(mal, config);
  // Somebody who only looks on: a follower of Ada's would speak in her chain.
  follower = await person('Watcher').peer.world(joined.world);
  for (const each of [ada, zoe]) await each.join(joined);
  heard['look-alikes'] = [];
  for (const name of ['Аda', 'ADA', '𝐀𝐝𝐚', 'Zое', 'Ada\u200b', ' Ada', '\u202eadA'])
    (heard['look-alikes'] as string[]).push(await mal.join(joined, name));
  for (const each of [mal, low, gone, late]) await each.join(joined);
  heard['host'] = [
    await mal.say(joined, 'start'),
    await mal.say(joined, 'configure', { questions: 50 }),
    await mal.say(joined, 'next'),
    await mal.say(joined, 'close'),
  ];
  heard['early'] = await mal.say(joined, 'answer', sealed(mal, 0));
  await ada.say(joined, 'start');
  await until(follower, () => view().draw !== undefined && view().draw?.waiting === 6);
  for (const each of [ada, zoe, mal, low, gone, late]) await each.share(joined);
  await phase('open');
  await tryWhileOpen({ ada, zoe, mal, low, gone });
  await phase('revealed');
  heard['too late'] = await late.say(joined, 'answer', sealed(late, 0));
  await phase('over');
  await ada.say(joined, 'close');
  await until(follower, ({ status }) => status === 'closed');
});
afterAll(async () => {
  follower?.close();
  for (const each of Object.values(people)) each.close();
  await house?.close();
});

async function tryWhileOpen({
  ada,
  zoe,
  mal,
  low,
  gone,
}: Record<'ada' | 'zoe' | 'mal' | 'low' | 'gone', Outlaw>) {
  await zoe.say(joined, 'answer', sealed(zoe, 0));
  await until(follower, () => loggedOf(follower, zoe.key).length === 3);
  const copied = lastOf(zoe);
  const { body } = unwrap(parseIntent(copied.bytes));
  const before = follower.log.entries.length;
  heard['replayed'] = await post(house.url, joined.world, copied);
  heard['elsewhere'] = await post(house.url, other.world, copied);
  const forged = await mal.intent(joined.world, 'answer', body);
  heard['forged'] = await post(house.url, joined.world, { bytes: copied.bytes, sig: forged.sig });
  heard['traces'] = follower.log.entries.length - before;
  heard['copied'] = await mal.say(joined, 'answer', body);
  heard['again'] = await mal.say(joined, 'answer', sealed(mal, 1));
  const seal = { commit: new Uint8Array(32), enc: new Uint8Array(32), ct: new Uint8Array(80) };
  heard['low order'] = await low.say(joined, 'answer', { lot: 0, seal });
  await gone.say(joined, 'leave');
  heard['gone'] = await gone.say(joined, 'answer', sealed(gone, 0));
  const guest = person('Guest');
  await guest.join(joined);
  heard['guest'] = await guest.say(joined, 'answer', sealed(guest, 0));
  heard['strange'] = await person('Nobody').say(joined, 'answer', sealed(person('Nobody'), 0));
  heard['honest'] = await ada.say(joined, 'answer', sealed(ada, 1));
}

describe('a match with cheats', () => {
  it('[X40] nobody speaks for another: forged, replayed and carried to another world', () => {
    expect(heard['forged']).toEqual({ status: 400, code: 'signature_invalid' });
    expect(heard['elsewhere']).toMatchObject({ code: 'world_mismatch' });
    expect(heard['replayed']).toEqual({ status: 200, code: 'counted' });
    expect(heard['traces']).toBe(0);
  });

  it('[X41] a name that looks like another, or cannot be seen, is refused', () => {
    expect(heard['look-alikes']).toEqual([
      ...Array.from({ length: 4 }, () => 'name_taken'),
      ...Array.from({ length: 3 }, () => 'name_invalid'),
    ]);
  });

  it('[X42] who is not the host neither starts, nor changes, nor skips, nor closes', () => {
    expect(heard['host']).toEqual(['not_host', 'not_host', 'not_host', 'not_host']);
    expect(view().config.questions).toBe(1);
  });

  it('[X43] answers too early, twice, too late, from a seat that left, that was not asked, that never was', () => {
    const { early, again, gone, guest, strange } = heard;
    expect({ early, again, late: heard['too late'], gone, guest, strange }).toEqual({
      early: 'not_asked_yet',
      again: 'already_answered',
      late: 'too_late',
      gone: 'not_seated',
      guest: 'not_asked',
      strange: 'not_seated',
    });
  });

  it('[X44] a copied seal and one that nobody can open are void, and the others’ answers count', () => {
    expect([heard['copied'], heard['low order'], heard['honest']]).toEqual(['counted', 'counted', 'counted']);
    const points = new Map(view().standings.map(({ name, points: won }) => [name, won]));
    expect([points.get('Mal'), points.get('Low'), points.get('Late')]).toEqual([0, 0, 0]);
    const { histogram } = view().round?.result ?? {};
    expect(histogram?.reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  it('[X44] the evening is valid with all of that in it', async () => {
    const response = await fetch(new URL(paths.log(joined.world, 'bundle.fair'), house.url));
    const source = unwrap(zipSource(new Uint8Array(await response.arrayBuffer())));
    const report = await verify(source, { games, level: 'full' });
    expect(report.failure).toBeNull();
    expect(report.valid).toBe(true);
  });
});
