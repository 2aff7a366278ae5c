import { describe, expect, it } from 'vitest';
import { type Bytes, u64be } from './bytes.ts';
import { entries } from './formatsVectors.ts';
import { bytesToHex } from './hex.ts';
import { emptyRoot, leafHash, merkleRoot, nodeHash } from './merkle.ts';
import { consistencyProof, hashReaderOf, inclusionProof, rootAt } from './merkleProof.ts';
import { verifyConsistency, verifyInclusion } from './merkleVerify.ts';
import { parseTile, renderTile, tileHashReader, tilesForSize } from './tiles.ts';

const leaves = entries.map(leafHash);
const hexes = (hashes: readonly Bytes[]) => hashes.map(bytesToHex).join(' ');

describe('tiles and large trees', () => {
  it('[L27] a leaf of a tree of 2^64 − 1 verifies, and not at an index that rounds to the same number', () => {
    // All leaves alike: the hash of a complete subtree depends on its level only.
    const level = [leaves[0] ?? emptyRoot];
    for (let i = 0; i < 63; i++) level.push(nodeHash(level[i] ?? emptyRoot, level[i] ?? emptyRoot));
    const size = 2n ** 64n - 1n;
    const root = level.slice(0, 64).reduce((right, left, i) => (i === 0 ? left : nodeHash(left, right)));
    // Leaf 0: right siblings within the 2^63 subtree, then everything to its right.
    const rest = level.slice(0, 63).reduce((right, left, i) => (i === 0 ? left : nodeHash(left, right)));
    const claim = {
      leaf: level[0] ?? emptyRoot,
      index: 0n,
      size,
      root,
      proof: [...level.slice(0, 63), rest],
    };
    expect(verifyInclusion(claim).ok).toBe(true);
    const last = { ...claim, index: size - 1n, proof: level.slice(1) };
    expect(verifyInclusion(last).ok).toBe(true);
    expect(verifyInclusion({ ...last, index: size })).toEqual({ ok: false, code: 'index_out_of_range' });
    expect(verifyInclusion({ ...last, index: size - 2n }).ok).toBe(false);
  });

  it('[L28] proofs and roots read from tiles equal those made from the leaves', async () => {
    const size = 70_000;
    const tall = Array.from({ length: size }, (_, i) => leafHash(u64be(i)));
    const inMemory = hashReaderOf(tall);
    const tiles = new Map<string, readonly Bytes[]>();
    for (const id of tilesForSize(size)) {
      const parsed = parseTile(renderTile(inMemory, id));
      if (parsed.ok) tiles.set(`${id.level}/${id.n}/${id.width}`, parsed.value);
    }
    const fromTiles = tileHashReader(
      async ({ level, n, width }) => tiles.get(`${level}/${n}/${width}`) ?? [],
      size,
    );
    const root = merkleRoot(tall);
    expect(bytesToHex(await rootAt(fromTiles, size))).toBe(bytesToHex(root));
    expect(bytesToHex(rootAt(inMemory, size))).toBe(bytesToHex(root));
    for (const index of [0, 255, 256, 65_535, 65_536, 69_887, 69_999]) {
      expect(hexes(await inclusionProof(fromTiles, index, size))).toBe(
        hexes(inclusionProof(inMemory, index, size)),
      );
    }
    for (const m of [1, 256, 300, 65_536, 65_537, 69_999]) {
      const proof = await consistencyProof(fromTiles, m, size);
      expect(hexes(proof)).toBe(hexes(consistencyProof(inMemory, m, size)));
      const root1 = merkleRoot(tall.slice(0, m));
      expect(verifyConsistency({ m: BigInt(m), n: BigInt(size), root1, root2: root, proof }).ok).toBe(true);
    }
    await expect(
      inclusionProof(
        tileHashReader(async () => [], size),
        0,
        size,
      ),
    ).rejects.toThrow('too short');
    expect(rootAt(inMemory, 0)).toEqual(emptyRoot);
  });
});
