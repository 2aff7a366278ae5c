/** Worlds longer than some segments, and their logs as a relay serves them. */
import {
  type Bytes,
  bytesToHex,
  createHashTree,
  decodeEntry,
  encodeEntryBundle,
  encodeWorld,
  entryBundlePath,
  bundlesForSize,
  type Genesis,
  leafHash,
  openWorld,
  renderTile,
  step,
  tilePath,
  tilesForSize,
  unwrap,
} from '@fairground/ledger';
import { counter, type Driver, openDriver } from '@fairground/ledger/testing';
import { sign } from './follow.fixture.ts';

/** Ada joins, and adds one at each segment's beginning; four segments are closed, and the fifth has begun. */
export async function longWorld(genesis: Partial<Genesis> = {}): Promise<Driver<unknown>> {
  const driver = openDriver({ game: counter, config: { goal: 1000 }, seed: 'long', genesis });
  const ada = driver.actor('ada');
  await driver.send(ada, 'join', { name: 'Ada' });
  for (let segment = 1; segment <= 4; segment++) {
    await driver.send(ada, 'add', { count: segment });
    grow(driver, segment * 1024);
  }
  await driver.send(ada, 'add', { count: 5 });
  grow(driver, 4_300);
  return driver;
}

/** Time passes, and nothing else, until there are so many entries. */
export function grow(driver: Driver<unknown>, size: number): void {
  while (driver.entries.length < size) {
    driver.now += 1;
    driver.append({ kind: 'time' });
  }
}

/** Everything that is asked for of such a log: checkpoint, entries, tiles, snapshots. */
export async function serve(driver: Driver<unknown>): Promise<Map<string, Bytes>> {
  const log = serveEntries(driver.entries, await sign(driver));
  for (const [hash, snapshot] of snapshotsOf(driver.entries)) log.set(`snapshot/${hash}`, snapshot);
  return log;
}

/** Without snapshots. */
export function serveEntries(entries: readonly Bytes[], checkpoint: Bytes): Map<string, Bytes> {
  const { read, size } = createHashTree(entries.map(leafHash));
  const log = new Map([['checkpoint', checkpoint]]);
  for (const { n, width } of bundlesForSize(size))
    log.set(entryBundlePath(n, width), encodeEntryBundle(entries.slice(n * 256, n * 256 + width)));
  for (const tile of tilesForSize(size))
    log.set(tilePath(tile.level, tile.n, tile.width), renderTile(read, tile));
  return log;
}

/** By the hash that their `state` should hold. */
function snapshotsOf([genesis, ...rest]: readonly Bytes[]): ReadonlyMap<string, Bytes> {
  const snapshots = new Map<string, Bytes>();
  const world = unwrap(openWorld(counter, genesis ?? new Uint8Array(0)));
  for (const bytes of rest) {
    const entry = unwrap(decodeEntry(bytes));
    if (entry.kind === 'state') snapshots.set(bytesToHex(entry.hash), encodeWorld(counter, world));
    unwrap(step(counter, world, bytes, { trustIntentSignatures: true }));
  }
  return snapshots;
}
