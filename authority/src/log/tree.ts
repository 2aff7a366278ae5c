/** A world's Merkle tree while it grows: its frontier, and the hashes of the tiles that are not full yet. */
import {
  type Bytes,
  type Frontier,
  appendLeaf,
  concatBytes,
  copyBytes,
  emptyFrontier,
  frontierRoot,
  merkleRoot,
  tileWidth,
} from '@fairground/ledger';
import type { TileRow } from '../store/ports.ts';

export interface Tree {
  frontier: Frontier;
  /** By level: the hashes of the tile at the right edge, fewer than 256. */
  readonly edges: Bytes[][];
}

export function emptyTree(): Tree {
  return { frontier: emptyFrontier(), edges: [] };
}

export function treeRoot({ frontier }: Tree): Bytes {
  return frontierRoot(frontier);
}

/** Adds a leaf; gives the tiles that it filled, lowest level first. */
export function growTree(tree: Tree, leaf: Bytes): readonly TileRow[] {
  tree.frontier = appendLeaf(tree.frontier, leaf);
  const filled: TileRow[] = [];
  let hash: Bytes | undefined = leaf;
  for (let level = 0; hash; level++) {
    const edge: Bytes[] = (tree.edges[level] ??= []);
    edge.push(hash);
    hash = undefined;
    if (edge.length < tileWidth) continue;
    const n = Math.floor(tree.frontier.size / tileWidth ** (level + 1)) - 1;
    filled.push({ level, n, bytes: concatBytes(...edge) });
    hash = merkleRoot(edge);
    tree.edges[level] = [];
  }
  return filled;
}

/**
 * The tree of a stored log. `tiles` reads full tiles [from, to) of a level, `leaves` the hashes of the entries from an index on. Rejects
 * when they do not give the stored frontier.
 */
export async function restoreTree(
  frontier: Frontier,
  tiles: (level: number, from: number, to: number) => Promise<readonly Bytes[]>,
  leaves: (from: number) => Promise<readonly Bytes[]>,
): Promise<Tree> {
  const { size } = frontier;
  const edges: Bytes[][] = [[...(await leaves(size - (size % tileWidth)))]];
  for (let level = 1; tileWidth ** level <= size; level++) {
    const full = Math.floor(size / tileWidth ** level);
    const below = await tiles(level - 1, full - (full % tileWidth), full);
    edges.push(below.map((bytes) => merkleRoot(splitHashes(bytes))));
  }
  return { frontier, edges };
}

export function splitHashes(bytes: Bytes): readonly Bytes[] {
  return Array.from({ length: bytes.length / 32 }, (_, i) => copyBytes(bytes, 32 * i, 32 * i + 32));
}
