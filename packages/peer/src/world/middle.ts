/** Where a long world can be picked up without its beginning: its newest signed `state`, the snapshot of it, and what came after. */
import {
  appendLeaf,
  type Bytes,
  bytesToHex,
  decodeEntry,
  equalBytes,
  frontierAt,
  genesisIn,
  leafHash,
  parseGenesis,
  parseWorld,
  sha256,
  worldIdOf,
} from '@fairground/ledger';
import { BUNDLE, readBundle, type ReadLog, type ServedHead } from './catchUp.ts';
import { tilesOf } from './servedTree.ts';
import type { Batch } from './tail.ts';
import type { GameLookup, Middle } from './verifiedLog.ts';

/** A segment has at most 1,024 entries and its newest snapshot is always kept: past so many bundles there is none to be had. */
const MOST_BUNDLES = 8;

export interface Found {
  readonly middle: Middle;
  /** From that `state` on to the end of the head. */
  readonly batch: Batch;
}

/**
 * Undefined where there is nothing to begin at. Whose log it is only the genesis says, so one whose key was handed on is read from there.
 * That the entries and the frontier are the signed log's shows when the batch is taken.
 */
export async function findMiddle(
  read: ReadLog,
  { checkpoint, size }: ServedHead,
  { world, gameFor }: { readonly world: Bytes; readonly gameFor: GameLookup },
): Promise<Found | undefined> {
  let entries: readonly Bytes[] = [];
  const last = Math.ceil(size / BUNDLE) - 1;
  for (let n = last; n >= 0 && n > last - MOST_BUNDLES; n--) {
    const bundle = await readBundle(read, n, size);
    if (!bundle.ok) return undefined;
    entries = [...bundle.value, ...entries];
    const at = bundle.value.findLastIndex((bytes) => stateIn(bytes) !== undefined);
    const hash = stateIn(bundle.value[at]);
    const snapshot = hash && (await read(`snapshot/${bytesToHex(hash)}`));
    if (!snapshot || !equalBytes(sha256(snapshot), hash)) continue;
    const first = n * BUNDLE + at;
    const opened = openSnapshot(snapshot, { world, gameFor, first });
    if (!opened) return undefined;
    const edge = await frontierAt(tilesOf(read, size), n * BUNDLE);
    const before = bundle.value.slice(0, at).map(leafHash);
    const middle = { frontier: before.reduce(appendLeaf, edge), snapshot, opened };
    return { middle, batch: { first, entries: entries.slice(at), checkpoint } };
  }
  return undefined;
}

/** The hash that a `state` holds; undefined for any other entry. */
function stateIn(bytes: Bytes | undefined): Bytes | undefined {
  const entry = bytes && decodeEntry(bytes);
  return entry?.ok && entry.value.kind === 'state' ? entry.value.hash : undefined;
}

function openSnapshot(
  snapshot: Bytes,
  { world, gameFor, first }: { readonly world: Bytes; readonly gameFor: GameLookup; readonly first: number },
): Middle['opened'] | undefined {
  const genesisBytes = genesisIn(snapshot);
  if (!genesisBytes || !equalBytes(worldIdOf(genesisBytes), world)) return undefined;
  const genesis = parseGenesis(genesisBytes);
  const game = genesis.ok ? gameFor(genesis.value.game, genesis.value.version) : undefined;
  const replayed = game && parseWorld<unknown, unknown, unknown>(game, snapshot);
  if (!genesis.ok || !game || !replayed?.ok || replayed.value.size !== first) return undefined;
  const isHandedOn = !equalBytes(replayed.value.authorityKey, genesis.value.authority.key);
  return isHandedOn ? undefined : { genesis: genesis.value, game, replayed: replayed.value };
}
