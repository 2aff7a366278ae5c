import {
  type Bytes,
  bytesToHex,
  encodeEntry,
  encodeEntryBundle,
  encodeWorld,
  formatFaultProof,
  judgeFault,
  logVkey,
  makeRotate,
  openWorld,
  parseFaultProof,
  seedSigner,
  sha256,
  type Signer,
  step,
  unwrap,
} from '@fairground/ledger';
import { counter, type Driver, openDriver, signEntries } from '@fairground/ledger/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../testClock.fixture.ts';
import { follow } from './follow.fixture.ts';
import { grow, serve, serveEntries } from './longWorld.fixture.ts';

const FIRST = 4_095;
const signerOf = (byte: number) => seedSigner(sha256(new Uint8Array([byte])));
const [second, third, stranger] = [signerOf(1), signerOf(2), signerOf(3)];
let driver: Driver<unknown>;
let served: ReadonlyMap<string, Bytes>;
let rotations: readonly Bytes[];

/** Handed on twice, and long afterwards. */
async function handedOn(seed: string): Promise<Driver<unknown>> {
  const own = openDriver({ game: counter, config: { goal: 1_000 }, seed });
  await own.send(own.actor('ada'), 'join', { name: 'Ada' });
  own.append(await makeRotate(own.world, { from: own.authority, to: second }, own.now));
  grow(own, 700);
  own.append(await makeRotate(own.world, { from: second, to: third }, own.now));
  await own.send(own.actor('ada'), 'add', { count: 7 });
  grow(own, 4_300);
  return own;
}

beforeAll(async () => {
  driver = await handedOn('handed on');
  rotations = [driver.entries[2] ?? new Uint8Array(0), driver.entries[700] ?? new Uint8Array(0)];
  served = (await serve(driver)).set('rotations', encodeEntryBundle(rotations));
});

/** A follower of these entries under a key's checkpoint. */
async function followed(
  signer: Signer,
  {
    log = served,
    entries = driver.entries,
  }: { log?: ReadonlyMap<string, Bytes>; entries?: readonly Bytes[] } = {},
) {
  const checkpoint = await signEntries(signer, driver.world.origin, entries);
  const opened = follow(driver, new Map(log).set('checkpoint', checkpoint));
  opened.tail().push(4_200, entries.slice(4_200), checkpoint);
  opened.tail().status.set('online');
  await settle();
  return opened;
}

describe('[D214] a long world whose key was handed on', () => {
  it('is shown from its newest snapshot under its newest key, and audited in the end', async () => {
    const { follower, clock } = await followed(third);
    expect(follower.value).toMatchObject({
      status: 'live',
      size: 4_300,
      charges: [],
      verified: { level: 'replayed', from: FIRST },
      view: { total: 7 },
    });
    await clock.advance(100);
    expect(follower.value).toMatchObject({ status: 'live', verified: { level: 'audited', to: 4_300 } });
    expect(follower.log.vkey).toEqual(logVkey(driver.world.origin, third.key));
  });

  const rotation = async (from: Signer, to: Signer, size: number, of: Driver<unknown> = driver) =>
    encodeEntry(await makeRotate({ ...of.world, size }, { from, to }, driver.now));
  it.each<[string, () => Promise<readonly Bytes[] | undefined>]>([
    ['nobody tells how', async () => undefined],
    ['none is told', async () => []],
    ['the first rotation is left out', async () => rotations.slice(1)],
    ['the second is left out', async () => rotations.slice(0, 1)],
    ['they stand in another order', async () => rotations.toReversed()],
    ['one is told twice', async () => [...rotations.slice(0, 1), ...rotations]],
    ['something else is told too', async () => [...rotations, driver.entries[5] ?? new Uint8Array(0)]],
    ['a stranger says that it is theirs to give', async () => [await rotation(stranger, third, 2)]],
    [
      'both signed it, but it is not what stands there',
      async () => [await rotation(driver.authority, third, 300)],
    ],
    [
      'both signed it for after the snapshot',
      async () => [await rotation(driver.authority, third, FIRST + 1)],
    ],
    [
      'both signed it for another world',
      async () => [
        await rotation(
          driver.authority,
          third,
          2,
          openDriver({ game: counter, config: { goal: 9 }, seed: 'other' }),
        ),
      ],
    ],
  ])('is read from its genesis, and accuses nobody, where %s', async (_, told) => {
    const log = new Map(served);
    const bent = await told();
    if (bent) log.set('rotations', bent.length > 0 ? encodeEntryBundle(bent) : new Uint8Array(0));
    else log.delete('rotations');
    const { follower } = await followed(third, { log });
    expect(follower.value).toMatchObject({ status: 'live', charges: [], size: 4_300 });
    expect(follower.value.verified).toEqual({ level: 'audited', to: 4_300 });
  });

  it.each([
    ['the first key', () => driver.authority],
    ['the second key', () => second],
    ['a stranger', () => stranger],
  ])('is nobody’s to sign who has handed it on or never had it: %s', async (_, signer) => {
    const { follower, clock } = await followed(signer());
    await clock.advance(5_000);
    expect(follower.value).toMatchObject({ size: 0, charges: [] });
    expect(follower.value.status).not.toBe('live');
  });

  it.each([
    ['a stranger', () => stranger],
    ['the second key', () => second],
  ])('is not taken by whoever writes a key of their own into a snapshot: %s', async (_, thief) => {
    const before = driver.entries.slice(0, FIRST);
    const world = unwrap(openWorld(counter, before[0] ?? new Uint8Array(0)));
    for (const entry of before.slice(1)) unwrap(step(counter, world, entry, { trustIntentSignatures: true }));
    world.authorityKey = thief().key;
    const snapshot = encodeWorld(counter, world);
    const state = encodeEntry({ kind: 'state', at: world.at, hash: sha256(snapshot) });
    const entries = [...before, state, ...driver.entries.slice(FIRST + 1)];
    const log = serveEntries(entries, new Uint8Array(0));
    log
      .set(`snapshot/${bytesToHex(sha256(snapshot))}`, snapshot)
      .set('rotations', encodeEntryBundle(rotations));
    const { follower, clock } = await followed(thief(), { log, entries });
    await clock.advance(5_000);
    expect(follower.value).toMatchObject({ size: 0, charges: [] });
  });
});

it('[D215] an heir that lies is convicted at once by snapshot and rotations', async () => {
  const lie = encodeEntry({ kind: 'state', at: driver.world.at, hash: new Uint8Array(32) });
  const { origin } = driver.world;
  const log = new Map(served).set('checkpoint', await signEntries(third, origin, driver.entries));
  const { follower, tail } = follow(driver, log);
  tail().push(4_300, [lie], await signEntries(third, origin, [...driver.entries, lie]));
  tail().status.set('online');
  await settle();
  expect(follower.value).toMatchObject({
    status: 'fault',
    fault: { blame: 'authority', code: 'state_mismatch', index: 4_300 },
  });
  const [charge] = follower.value.charges;
  expect(charge?.proof).toHaveProperty('rotations');
  expect(charge?.proof).toHaveProperty('snapshot');
  const told = charge && unwrap(parseFaultProof(formatFaultProof(charge.proof)));
  expect(told && (await judgeFault(told, [counter]))).toMatchObject({
    verdict: 'convicts',
    code: 'state_mismatch',
  });
});
