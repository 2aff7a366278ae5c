/** The members of a world's bundle, and its one `.fair` file: the C2SP tile tree, what it is about, its policy, what its entries name. */
import type { Bytes } from './bytes.ts';
import { bytesToHex } from './hex.ts';
import { leafHash } from './merkle.ts';
import { hashReaderOf } from './merkleProof.ts';
import { worldPolicy } from './genesis.ts';
import { formatPolicy } from './policy.ts';
import { sha256 } from './sha256.ts';
import { bundlesForSize, encodeEntryBundle, renderTile, tilePath, tilesForSize, tileWidth } from './tiles.ts';
import { utf8ToBytes } from './utf8.ts';
import type { World } from './world.ts';
import { formatWorldJson } from './worldJson.ts';
import { type ZipMember, writeZip } from './zipWrite.ts';

export interface BundleContent {
  /** As it stands after these entries: for `world.json` and `policy`. */
  readonly world: World<unknown>;
  readonly entries: readonly Bytes[];
  /** The signed note over exactly these entries, with signature lines of the log and of the genesis' witnesses only. */
  readonly checkpoint: Bytes;
  /** What the entries name by SHA-256: pictures, word lists. */
  readonly blobs?: readonly Bytes[];
}

/** Members of fixed names. */
export const bundleNames = { checkpoint: 'checkpoint', world: 'world.json', policy: 'policy' } as const;
export const blobPrefix = 'blob/';

/** The `.fair` file; the same content always makes the same bytes. */
export function writeBundle(content: BundleContent): Uint8Array<ArrayBuffer> {
  return writeZip(bundleMembers(content));
}

/** Throws if the world does not stand after exactly these entries. */
export function bundleMembers({
  world,
  entries,
  checkpoint,
  blobs = [],
}: BundleContent): readonly ZipMember[] {
  if (world.size !== entries.length)
    throw new RangeError('bundleMembers: the world stands elsewhere than the entries end');
  return [
    { name: bundleNames.checkpoint, bytes: checkpoint },
    { name: bundleNames.world, bytes: formatWorldJson(world) },
    { name: bundleNames.policy, bytes: policyFile(world) },
    ...tileMembers(entries),
    ...uniqueBlobs(blobs),
  ];
}

/** The world's policy file: the log's key of now, and the witnesses of the genesis. */
export function policyFile({ opening, origin, authorityKey }: World<unknown>): Bytes {
  return utf8ToBytes(formatPolicy(worldPolicy(opening.genesis, origin, authorityKey)));
}

export function blobPath(bytes: Bytes): string {
  return blobPrefix + bytesToHex(sha256(bytes));
}

/** The hash in a blob's path, in hex; undefined for other paths. */
export function blobHash(path: string): string | undefined {
  return /^blob\/([0-9a-f]{64})$/.exec(path)?.[1];
}

/** Every tile and entry bundle of a tree of this size. */
export function treePaths(size: number): readonly string[] {
  return [...tilesForSize(size), ...bundlesForSize(size)].map(({ level, n, width }) =>
    tilePath(level, n, width),
  );
}

function tileMembers(entries: readonly Bytes[]): ZipMember[] {
  const read = hashReaderOf(entries.map(leafHash));
  const size = entries.length;
  const tiles = tilesForSize(size).map((id) => ({
    name: tilePath(id.level, id.n, id.width),
    bytes: renderTile(read, id),
  }));
  const bundles = bundlesForSize(size).map(({ level, n, width }) => ({
    name: tilePath(level, n, width),
    bytes: encodeEntryBundle(entries.slice(n * tileWidth, n * tileWidth + width)),
  }));
  return [...tiles, ...bundles];
}

/** By name: the file must not tell in which order they were found. */
function uniqueBlobs(blobs: readonly Bytes[]): ZipMember[] {
  const byName = new Map(blobs.map((bytes) => [blobPath(bytes), bytes]));
  return Array.from(byName, ([name, bytes]) => ({ name, bytes })).sort((a, b) => (a.name < b.name ? -1 : 1));
}
