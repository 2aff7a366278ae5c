/** Holds what clients were told against what a data folder holds. */
import {
  type Bytes,
  type Checkpoint,
  type Receipt,
  appendLeaf,
  bytesToHex,
  decodeEntry,
  emptyFrontier,
  emptyRoot,
  equalBytes,
  frontierRoot,
  intentHash,
  leafHash,
  originOf,
  parseGenesis,
  worldIdOf,
} from '@fairground/ledger';

/** A world's entries as they lie on the disk. */
export type StoredWorld = readonly Bytes[];

export interface Told {
  readonly receipts: readonly Receipt[];
  readonly checkpoints: readonly Checkpoint[];
}

/**
 * A sentence for every word that the store does not bear out; none is expected. Checkpoints that are all roots of one list of entries
 * are consistent with each other, pair by pair, so a fork shows as one that is not.
 */
export function contradictions(told: Told, worlds: readonly StoredWorld[]): readonly string[] {
  const byOrigin = new Map(worlds.flatMap((entries) => named(entries)));
  const receipts = Map.groupBy(told.receipts, ({ origin }) => origin);
  const checkpoints = Map.groupBy(told.checkpoints, ({ origin }) => origin);
  return [...new Set([...receipts.keys(), ...checkpoints.keys()])].flatMap((origin) => {
    const entries = byOrigin.get(origin);
    if (!entries) return [`the world ${origin} is gone`];
    return [
      ...(receipts.get(origin) ?? []).flatMap((receipt) => unkept(receipt, entries)),
      ...forks(checkpoints.get(origin) ?? [], entries),
    ];
  });
}

function named(entries: StoredWorld): readonly (readonly [string, StoredWorld])[] {
  const [first] = entries;
  if (!first) return [];
  const genesis = parseGenesis(first);
  return genesis.ok ? [[originOf(genesis.value.authority.name, worldIdOf(first)), entries]] : [];
}

function unkept(
  { index, leafHash: leaf, intentHash: hash, origin }: Receipt,
  entries: StoredWorld,
): readonly string[] {
  const bytes = entries[index];
  const place = `entry ${index} of ${origin}`;
  if (!bytes) return [`${place} was receipted and is lost: the store holds ${entries.length}`];
  if (!equalBytes(leafHash(bytes), leaf)) return [`${place} was receipted and is another one now`];
  const entry = decodeEntry(bytes);
  const isIt = entry.ok && entry.value.kind === 'intent' && equalBytes(intentHash(entry.value.bytes), hash);
  return isIt ? [] : [`${place} does not hold the intent that its receipt names`];
}

function forks(checkpoints: readonly Checkpoint[], entries: StoredWorld): readonly string[] {
  const roots = rootsOf(entries, new Set(checkpoints.map(({ size }) => size)));
  return checkpoints.flatMap(({ origin, size, root }) => {
    const stored = roots.get(size);
    if (!stored) return [`${origin}: size ${size} was signed, and the store holds ${entries.length}`];
    if (equalBytes(stored, root)) return [];
    return [
      `${origin}: a fork at size ${size}: ${bytesToHex(root)} was signed, the store has ${bytesToHex(stored)}`,
    ];
  });
}

/** The roots of the trees of these sizes, as far as there are so many entries. */
function rootsOf(entries: StoredWorld, sizes: ReadonlySet<number>): ReadonlyMap<number, Bytes> {
  const roots = new Map<number, Bytes>([[0, emptyRoot]]);
  let frontier = emptyFrontier();
  for (const bytes of entries) {
    frontier = appendLeaf(frontier, leafHash(bytes));
    if (sizes.has(frontier.size)) roots.set(frontier.size, frontierRoot(frontier));
  }
  return roots;
}
