/** Where hashes and entries lie in a tiled log (C2SP tlog-tiles): paths, tiles, entry bundles, and proofs read from tiles. */
import { type Bytes, byteAt, concatBytes, copyBytes } from './bytes.ts';
import { formatDecimal } from './decimal.ts';
import { merkleRoot } from './merkle.ts';
import type { HashReader, SyncHashReader } from './merkleProof.ts';
import { type Result, err, ok } from './result.ts';

/** `width` is 256 for a full tile, 1 to 255 for a partial one. */
export interface TileId {
  readonly level: number | 'entries';
  readonly n: number;
  readonly width: number;
}

/** A tile of hashes. */
export interface HashTileId extends TileId {
  readonly level: number;
}

export const tileWidth = 256;
const maxEntryLength = 0xffff;
const maxLevel = 63;

/** `tile/<L>/<N>[.p/<W>]`. Throws on a level past 63 or a width out of 1 … 256. */
export function tilePath(level: number | 'entries', n: number, width = tileWidth): string {
  const isLevel = level === 'entries' || (Number.isInteger(level) && level >= 0 && level <= maxLevel);
  if (!isLevel || !Number.isInteger(width) || width < 1 || width > tileWidth)
    throw new RangeError('tilePath: out of range');
  return `tile/${level}/${formatIndex(n)}${width === tileWidth ? '' : `.p/${width}`}`;
}

/** `tile/entries/<N>[.p/<W>]`. */
export function entryBundlePath(n: number, width = tileWidth): string {
  return tilePath('entries', n, width);
}

/** Refuses every path but the one `tilePath` writes. */
export function parseTilePath(path: string): Result<TileId, 'tile_path_malformed'> {
  const parts = /^tile\/([0-9]{1,2}|entries)\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(
    path,
  );
  const [, level = '', index = '', width] = parts ?? [];
  const n = Number(index.replaceAll(/[x/]/g, ''));
  const id: TileId = {
    level: level === 'entries' ? level : Number(level),
    n,
    width: width === undefined ? tileWidth : Number(width),
  };
  return parts && isTileId(id) && tilePath(id.level, n, id.width) === path
    ? ok(id)
    : err('tile_path_malformed');
}

/** Every tile of hashes of a tree, full ones and the partial right edge, level by level. */
export function tilesForSize(size: number): readonly HashTileId[] {
  const tiles: HashTileId[] = [];
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / tileWidth)) {
    for (const { n, width } of runs(count)) tiles.push({ level, n, width });
  }
  return tiles;
}

/** Every entry bundle of a tree. */
export function bundlesForSize(size: number): readonly TileId[] {
  return [...runs(size)].map(({ n, width }) => ({ level: 'entries', n, width }));
}

/** The hashes that a tile holds: `count` complete subtrees from `index` at binary `level` (the level of a `HashReader`). */
export function tileHashRange({ level, n, width }: HashTileId): {
  readonly level: number;
  readonly index: number;
  readonly count: number;
} {
  return { level: 8 * level, index: n * tileWidth, count: width };
}

/** The leaves [start, end) under a tile; beyond 2^53 the numbers round. */
export function tileLeafRange({ level, n, width }: HashTileId): {
  readonly start: number;
  readonly end: number;
} {
  const each = tileWidth ** level;
  return { start: n * tileWidth * each, end: (n * tileWidth + width) * each };
}

/** A tile's bytes from stored subtree hashes. */
export function renderTile(read: SyncHashReader, id: HashTileId): Uint8Array<ArrayBuffer> {
  const { level, index, count } = tileHashRange(id);
  return concatBytes(...Array.from({ length: count }, (_, i) => read(level, index + i)));
}

/** The hashes of a tile; refuses a length that is not 1 to 256 hashes. */
export function parseTile(bytes: Bytes): Result<readonly Bytes[], 'tile_malformed'> {
  const count = bytes.length / 32;
  if (!Number.isInteger(count) || count < 1 || count > tileWidth) return err('tile_malformed');
  return ok(Array.from({ length: count }, (_, i) => copyBytes(bytes, 32 * i, 32 * i + 32)));
}

/**
 * A `HashReader` over the tiles of a tree of `size` leaves: `readTile` gives the hashes of one tile, of at least its width. What a tile
 * says is only as good as the root that a proof made of it meets.
 */
export function tileHashReader(
  readTile: (tile: HashTileId) => Promise<readonly Bytes[]>,
  size: number,
): HashReader {
  return async (level, index) => {
    const tileLevel = Math.floor(level / 8);
    const count = 2 ** (level % 8);
    const start = index * count;
    const n = Math.floor(start / tileWidth);
    const width = Math.min(tileWidth, Math.floor(size / tileWidth ** tileLevel) - n * tileWidth);
    const hashes = (await readTile({ level: tileLevel, n, width })).slice(
      start - n * tileWidth,
      start - n * tileWidth + count,
    );
    if (hashes.length !== count) throw new RangeError('tileHashReader: a tile is too short');
    return merkleRoot(hashes);
  };
}

/** uint16-length-prefixed entries. Throws for none, for more than 256, and for an entry past 65,535 bytes. */
export function encodeEntryBundle(entries: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  if (entries.length < 1 || entries.length > tileWidth)
    throw new RangeError('encodeEntryBundle: 1 to 256 entries');
  return concatBytes(...entries.flatMap((entry) => [lengthPrefix(entry.length), entry]));
}

/** Refuses a truncated entry, no entry, and more than 256. */
export function decodeEntryBundle(bytes: Bytes): Result<readonly Bytes[], 'entry_bundle_malformed'> {
  const entries: Bytes[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + 2 > bytes.length || entries.length === tileWidth) return err('entry_bundle_malformed');
    const start = at + 2;
    at = start + byteAt(bytes, at) * 256 + byteAt(bytes, at + 1);
    if (at > bytes.length) return err('entry_bundle_malformed');
    entries.push(copyBytes(bytes, start, at));
  }
  return entries.length === 0 ? err('entry_bundle_malformed') : ok(entries);
}

function lengthPrefix(length: number): Bytes {
  if (length > maxEntryLength) throw new RangeError('encodeEntryBundle: an entry has at most 65,535 bytes');
  return new Uint8Array([length >> 8, length]);
}

/** 1234067 → `x001/x234/067`. */
function formatIndex(n: number): string {
  const digits = formatDecimal(n);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  return padded.replaceAll(/(...)(?=.)/g, 'x$1/');
}

function* runs(count: number): Generator<{ n: number; width: number }> {
  for (let n = 0; n * tileWidth < count; n++) yield { n, width: Math.min(tileWidth, count - n * tileWidth) };
}

function isTileId({ level, n, width }: TileId): boolean {
  return (
    (level === 'entries' || level <= maxLevel) && Number.isSafeInteger(n) && width >= 1 && width <= tileWidth
  );
}
