/** Where a long world can be picked up without its beginning: its newest signed `state`, the snapshot of it, and what came after. */
import {
  appendLeaf,
  type Bytes,
  bytesToHex,
  decodeEntry,
  decodeEntryBundle,
  equalBytes,
  frontierAt,
  genesisIn,
  inclusionProof,
  leafHash,
  parseCheckpoint,
  parseGenesis,
  parseNote,
  parseWorld,
  ROTATIONS_FILE,
  sha256,
  verifyHandOvers,
  verifyInclusion,
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
 * Undefined where there is nothing to begin at. That the entries and the frontier are the signed log's shows when the batch is taken.
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
    const rotations = opened && (await readRotations(read, { checkpoint, size }, opened));
    if (!opened || !rotations) return undefined;
    const edge = await frontierAt(tilesOf(read, size), n * BUNDLE);
    const before = bundle.value.slice(0, at).map(leafHash);
    const middle = { frontier: before.reduce(appendLeaf, edge), snapshot, rotations, opened };
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
  return { genesis: genesis.value, game, replayed: replayed.value };
}

/**
 * Whose log it is only the genesis says, and rotations that stand in the log: whoever signs a `state` can write any key into the snapshot.
 * Undefined where they do not lead to the snapshot's key, or stand elsewhere than under the checkpoint.
 */
async function readRotations(
  read: ReadLog,
  { checkpoint, size }: ServedHead,
  { genesis, replayed }: Middle['opened'],
): Promise<readonly Bytes[] | undefined> {
  const [from, to] = [genesis.authority.key, replayed.authorityKey];
  if (equalBytes(from, to)) return [];
  const file = await read(ROTATIONS_FILE);
  const rotations = file && decodeEntryBundle(file);
  if (!rotations?.ok) return undefined;
  const { world } = replayed.opening;
  const claim = { world, from, to, before: replayed.size, rotations: rotations.value };
  const handed = verifyHandOvers(claim);
  const note = parseNote(checkpoint);
  const signed = note.ok ? parseCheckpoint(note.value.text) : note;
  if (!handed.ok || !signed.ok) return undefined;
  const tiles = tilesOf(read, size);
  for (const { index, bytes } of handed.value) {
    const proof = await inclusionProof(tiles, index, size);
    const place = { index: BigInt(index), size: BigInt(size), root: signed.value.root };
    if (!verifyInclusion({ leaf: leafHash(bytes), ...place, proof }).ok) return undefined;
  }
  return rotations.value;
}
