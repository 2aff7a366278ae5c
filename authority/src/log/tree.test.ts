import {
  type Bytes,
  hashReaderOf,
  leafHash,
  merkleRoot,
  renderTile,
  rootAt,
  u64be,
} from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import type { TileRow } from '../store/ports.ts';
import { emptyTree, growTree, restoreTree, treeRoot } from './tree.ts';

const leaves = Array.from({ length: 66_000 }, (_, i) => leafHash(u64be(i)));
const reader = hashReaderOf(leaves);

describe('a growing tree', () => {
  it('[A20] has the root of RFC 6962 at every size, and gives each tile when it is full', () => {
    const tree = emptyTree();
    const tiles: TileRow[] = [];
    for (const [i, leaf] of leaves.entries()) {
      tiles.push(...growTree(tree, leaf));
      if (i % 997 === 0) expect(treeRoot(tree)).toEqual(rootAt(reader, i + 1));
    }
    expect(tiles.filter(({ level }) => level === 0)).toHaveLength(257);
    expect(tiles.filter(({ level }) => level === 1)).toHaveLength(1);
    for (const { level, n, bytes } of tiles)
      expect(bytes).toEqual(renderTile(reader, { level, n, width: 256 }));
  });

  it('[A20] is the same when it is restored from tiles, entries and frontier', async () => {
    for (const size of [0, 1, 255, 256, 257, 700, 65_536, 65_900]) {
      const tree = emptyTree();
      const tiles: TileRow[] = [];
      for (const leaf of leaves.slice(0, size)) tiles.push(...growTree(tree, leaf));
      const restored = await restoreTree(
        tree.frontier,
        async (level, from, to) => tilesOf(tiles, level, from, to),
        async (from) => leaves.slice(from, size),
      );
      for (const leaf of leaves.slice(size, size + 300)) {
        expect(growTree(restored, leaf)).toEqual(growTree(tree, leaf));
      }
      expect(treeRoot(restored)).toEqual(
        merkleRoot(leaves.slice(0, size + 300).slice(0, tree.frontier.size)),
      );
    }
  });
});

function tilesOf(tiles: readonly TileRow[], level: number, from: number, to: number): Bytes[] {
  return tiles
    .filter((tile) => tile.level === level && tile.n >= from && tile.n < to)
    .map(({ bytes }) => bytes);
}
