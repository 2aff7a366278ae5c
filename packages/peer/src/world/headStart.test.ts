import {
  type Bytes,
  bytesToHex,
  decodeEntry,
  encodeEntry,
  encodeEntryBundle,
  encodeWorld,
  entryBundlePath,
  type FaultProof,
  formatFaultProof,
  judgeFault,
  openWorld,
  parseFaultProof,
  sha256,
  step,
  tilePath,
  unwrap,
  verify,
  zipSource,
} from '@fairground/ledger';
import { counter, type Driver, openDriver, signEntries } from '@fairground/ledger/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../testClock.fixture.ts';
import { follow, sign } from './follow.fixture.ts';
import { grow, longWorld, serve, serveEntries } from './longWorld.fixture.ts';

const FIRST = 4_095;
let driver: Driver<unknown>;
let served: ReadonlyMap<string, Bytes>;

beforeAll(async () => {
  driver = await longWorld();
  served = await serve(driver);
});

/** A follower of that log, which a relay may have bent, and what it has asked for. */
async function followed(bent: ReadonlyMap<string, Bytes | undefined> = new Map(), of = driver) {
  const log = new Map(served);
  for (const [path, bytes] of bent) if (bytes) log.set(path, bytes);
  for (const [path, bytes] of bent) if (!bytes) log.delete(path);
  const opened = follow(of, log);
  opened.tail().push(4_200, of.entries.slice(4_200), await sign(of));
  opened.tail().status.set('online');
  await settle();
  return opened;
}

/** Through the file and back, as somebody else reads it who knows nothing but the rules. */
async function judged(proof: FaultProof): Promise<string> {
  const judgement = await judgeFault(unwrap(parseFaultProof(formatFaultProof(proof))), [counter]);
  return `${judgement.verdict}: ${judgement.code}`;
}

const snapshotPath = (entry: Bytes | undefined): string => {
  const state = entry && unwrap(decodeEntry(entry));
  return state?.kind === 'state' ? `snapshot/${bytesToHex(state.hash)}` : '';
};
const newestSnapshot = (): string => snapshotPath(driver.entries[FIRST]);

describe('a long world', () => {
  it('[D210] is shown from its newest snapshot before what came before is read, and says so', async () => {
    const { follower } = await followed(new Map([[entryBundlePath(3), undefined]]));
    expect(follower.value).toMatchObject({
      status: 'live',
      size: 4_300,
      verified: { level: 'replayed', to: 4_300, from: FIRST },
      view: { total: 1 + 2 + 3 + 4 + 5 },
    });
  });

  it('[D210] goes on live from there', async () => {
    const own = await longWorld();
    const { follower, tail } = await followed(new Map([[entryBundlePath(3), undefined]]), own);
    await own.send(own.actor('ada'), 'add', { count: 7 });
    tail().push(4_300, own.entries.slice(4_300), await sign(own));
    await settle();
    expect(follower.value).toMatchObject({
      status: 'live',
      verified: { level: 'replayed', to: 4_301 },
      view: { total: 22 },
    });
  });

  it('[D211] is audited meanwhile from its genesis, with what has come since, and is one log then', async () => {
    const own = await longWorld();
    const { follower, tail, clock } = await followed(new Map(), own);
    expect(follower.value.verified.level).toBe('replayed');
    const home = follower.takeHome();
    await own.send(own.actor('ada'), 'add', { count: 7 });
    tail().push(4_300, own.entries.slice(4_300), await sign(own));
    await settle();
    expect(follower.value).toMatchObject({ verified: { level: 'replayed' }, view: { total: 22 } });
    await clock.advance(100);
    expect(follower.value.verified).toEqual({ level: 'audited', to: 4_301 });
    expect(follower.log.entries).toEqual(own.entries);
    const file = unwrap(zipSource(await home));
    const report = await verify(file, { games: [counter], level: 'full' });
    expect(report).toMatchObject({ valid: true, size: 4_301 });
    await own.send(own.actor('ada'), 'add', { count: 8 });
    tail().push(4_301, own.entries.slice(4_301), await sign(own));
    await settle();
    expect(follower.value).toMatchObject({ size: 4_302, view: { total: 30 }, status: 'live' });
  });

  it('[D211] stays replayed as long as what came before cannot be had, and asks again', async () => {
    const { follower, clock, log } = await followed(new Map([[entryBundlePath(3), undefined]]));
    await clock.advance(5_000);
    expect(follower.value.verified).toMatchObject({ level: 'replayed' });
    log.set(entryBundlePath(3), served.get(entryBundlePath(3)) ?? new Uint8Array(0));
    await clock.advance(15_000);
    expect(follower.value.verified).toEqual({ level: 'audited', to: 4_300 });
  });

  it('[D211] other entries than the signed ones are the transport’s fault, and are asked for again', async () => {
    const other = encodeEntryBundle(
      driver.entries.slice(0, 256).with(9, driver.entries[8] ?? new Uint8Array(0)),
    );
    const { follower, clock, log } = await followed(new Map([[entryBundlePath(0), other]]));
    await clock.advance(5_000);
    expect(follower.value).toMatchObject({ status: 'live', charges: [], verified: { level: 'replayed' } });
    log.set(entryBundlePath(0), served.get(entryBundlePath(0)) ?? new Uint8Array(0));
    await clock.advance(15_000);
    expect(follower.value.verified.level).toBe('audited');
  });
});

describe('[D212] what is not the signed log’s is no beginning: the genesis is, and nobody is accused', () => {
  const changed = (bytes: Bytes | undefined) => bytes?.map((byte, i) => (i === 40 ? byte ^ 1 : byte));
  it.each<[string, () => readonly [string, Bytes | undefined]]>([
    ['no snapshot', () => [newestSnapshot(), undefined]],
    ['another snapshot', () => [newestSnapshot(), served.get(snapshotPath(driver.entries[1_023]))]],
    ['a changed snapshot', () => [newestSnapshot(), changed(served.get(newestSnapshot()))]],
    ['a changed tile', () => [tilePath(1, 0, 16), changed(served.get(tilePath(1, 0, 16)))]],
    ['no tile', () => [tilePath(1, 0, 16), undefined]],
  ])('%s', async (_, bent) => {
    const { follower } = await followed(new Map([bent()]));
    expect(follower.value).toMatchObject({ status: 'live', charges: [], size: 4_300 });
    expect(['audited', 'replayed']).toContain(follower.value.verified.level);
    if (follower.value.verified.from !== undefined) expect(follower.value.verified.from).toBeLessThan(FIRST);
  });

  it('one that is near', async () => {
    const own = openDriver({ game: counter, config: { goal: 9 }, seed: 'near' });
    grow(own, 4_000);
    const { follower, tail } = follow(own, await serve(own));
    tail().push(3_900, own.entries.slice(3_900), await sign(own));
    tail().status.set('online');
    await settle();
    expect(follower.value).toMatchObject({ size: 4_000, verified: { level: 'audited' } });
  });
});

describe('[D213] an authority that lies about the state of a long world', () => {
  it('is convicted by the snapshot and what came after it, at once', async () => {
    const lie = encodeEntry({ kind: 'state', at: driver.world.at, hash: new Uint8Array(32) });
    const entries = [...driver.entries, lie];
    const checkpoint = await signEntries(driver.authority, driver.world.origin, entries);
    const log = new Map(served);
    const { follower, tail } = follow(driver, log);
    tail().push(4_300, entries.slice(4_300), checkpoint);
    tail().status.set('online');
    await settle();
    expect(follower.value).toMatchObject({
      status: 'fault',
      fault: { blame: 'authority', code: 'state_mismatch', index: 4_300 },
    });
    const [charge] = follower.value.charges;
    expect(charge?.proof).toHaveProperty('snapshot');
    expect(charge && (await judged(charge.proof))).toBe('convicts: state_mismatch');
  });

  it('before the snapshot is found by the audit, which ends the trust that there was', async () => {
    const liar = await lyingWorld();
    const { follower, tail, clock } = follow(liar.driver, liar.log);
    tail().push(4_200, liar.entries.slice(4_200), liar.checkpoint);
    tail().status.set('online');
    await settle();
    expect(follower.value).toMatchObject({ status: 'live', verified: { level: 'replayed', from: FIRST } });
    const home = follower.takeHome();
    await Promise.all([expect(home).rejects.toThrow(/nothing is verified/), clock.advance(100)]);
    expect(follower.value).toMatchObject({
      status: 'fault',
      fault: { blame: 'authority', code: 'state_mismatch', index: FIRST },
    });
    const [charge] = follower.value.charges;
    expect(charge && (await judged(charge.proof))).toBe('convicts: state_mismatch');
  });
});

/** Its newest snapshot has a total that no entry gave it, and all that comes after follows from that. */
async function lyingWorld() {
  const before = driver.entries.slice(0, FIRST);
  const world = unwrap(openWorld(counter, before[0] ?? new Uint8Array(0)));
  for (const entry of before.slice(1)) unwrap(step(counter, world, entry, { trustIntentSignatures: true }));
  world.state = { ...(world.state as object), total: 900 } as typeof world.state;
  const snapshot = encodeWorld(counter, world);
  const state = encodeEntry({ kind: 'state', at: world.at, hash: sha256(snapshot) });
  const entries = [...before, state, ...driver.entries.slice(FIRST + 1)];
  const checkpoint = await signEntries(driver.authority, driver.world.origin, entries);
  const log = serveEntries(entries, checkpoint).set(snapshotPath(state), snapshot);
  return { driver, entries, checkpoint, log };
}
