/** Recomputes a whole tree bundle by bundle and compares every tile on the way; memory holds one open tile a level, never the log. */
import { type Bytes, equalBytes } from './bytes.ts';
import { emptyRoot, foldRight, merkleRoot } from './merkle.ts';
import { tilePath, tileWidth } from './tiles.ts';

/** The tile that holds something else than the entries make, and the first leaf under the difference. */
export interface TileMismatch {
  readonly path: string;
  readonly index: number;
}

export interface TreeCheck {
  /** The leaf hashes of one entry bundle, in order. */
  add(leaves: readonly Bytes[]): Promise<TileMismatch | undefined>;
  /** Compares the partial tiles and gives the root. */
  finish(): Promise<{ readonly root: Bytes; readonly mismatch: TileMismatch | undefined }>;
}

export function createTreeCheck(readTile: (path: string) => Promise<Bytes | undefined>): TreeCheck {
  /** By level: how many tiles are full, and the hashes of the open one. */
  const levels: { full: number; open: Bytes[] }[] = [];

  async function compare(
    level: number,
    n: number,
    hashes: readonly Bytes[],
  ): Promise<TileMismatch | undefined> {
    const path = tilePath(level, n, hashes.length);
    const stored = await readTile(path);
    const differs = firstDifference(stored ?? new Uint8Array(0), hashes);
    return differs === undefined
      ? undefined
      : { path, index: (n * tileWidth + differs) * tileWidth ** level };
  }

  async function addAt(level: number, hashes: readonly Bytes[]): Promise<TileMismatch | undefined> {
    const { full, open } = (levels[level] ??= { full: 0, open: [] });
    open.push(...hashes);
    if (open.length > tileWidth) throw new RangeError('createTreeCheck: bundles end where tiles do');
    if (open.length < tileWidth) return undefined;
    levels[level] = { full: full + 1, open: [] };
    const mismatch = await compare(level, full, open);
    const above = await addAt(level + 1, [merkleRoot(open)]);
    return mismatch ?? above;
  }

  return {
    add: (leaves) => addAt(0, leaves),
    async finish() {
      let mismatch: TileMismatch | undefined;
      const edge: Bytes[] = [];
      for (const [level, { full, open }] of levels.entries()) {
        const found = open.length > 0 ? await compare(level, full, open) : undefined;
        mismatch ??= found;
        edge.unshift(...completeRoots(open));
      }
      return { root: foldRight(edge) ?? emptyRoot, mismatch };
    },
  };
}

/** The roots of the complete subtrees that make up an open tile, largest first. */
function completeRoots(open: readonly Bytes[]): Bytes[] {
  const roots: Bytes[] = [];
  let at = 0;
  for (let width = tileWidth / 2; width >= 1; width /= 2) {
    if ((open.length & width) === 0) continue;
    roots.push(merkleRoot(open.slice(at, at + width)));
    at += width;
  }
  return roots;
}

/** The place of the first hash that differs; a missing, short or long tile differs where it ends. */
function firstDifference(stored: Bytes, hashes: readonly Bytes[]): number | undefined {
  for (const [i, hash] of hashes.entries()) {
    if (!equalBytes(stored.subarray(32 * i, 32 * i + 32), hash)) return i;
  }
  return stored.length === 32 * hashes.length ? undefined : hashes.length - 1;
}
