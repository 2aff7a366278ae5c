import { describe, expect, it } from 'vitest';
import { type Bytes, equalBytes, u64be } from './bytes.ts';
import { consistencyOf4In8, entries, hex, inclusionOf5In8, roots } from './formatsVectors.ts';
import { bytesToHex } from './hex.ts';
import {
  type Frontier,
  appendLeaf,
  decodeFrontier,
  emptyFrontier,
  emptyRoot,
  encodeFrontier,
  frontierRoot,
  leafHash,
  merkleRoot,
  nodeHash,
} from './merkle.ts';
import { consistencyProof, hashReaderOf, inclusionProof } from './merkleProof.ts';
import { rootsFromConsistency, verifyConsistency, verifyInclusion } from './merkleVerify.ts';

const leaves = entries.map(leafHash);
const many = Array.from({ length: 256 }, (_, i) => leafHash(u64be(i)));
const reader = hashReaderOf(many);

/** RFC 6962 §2.1, word for word: MTH, PATH, PROOF. */
const naive = {
  half: (n: number): number => 2 ** Math.ceil(Math.log2(n) - 1),
  mth: (d: readonly Bytes[]): Bytes => {
    const [only] = d;
    if (!only) return emptyRoot;
    if (d.length === 1) return only;
    const k = naive.half(d.length);
    return nodeHash(naive.mth(d.slice(0, k)), naive.mth(d.slice(k)));
  },
  path: (m: number, d: readonly Bytes[]): Bytes[] => {
    if (d.length <= 1) return [];
    const k = naive.half(d.length);
    return m < k
      ? [...naive.path(m, d.slice(0, k)), naive.mth(d.slice(k))]
      : [...naive.path(m - k, d.slice(k)), naive.mth(d.slice(0, k))];
  },
  proof: (m: number, d: readonly Bytes[], isWhole = true): Bytes[] => {
    if (m === d.length) return isWhole ? [] : [naive.mth(d)];
    const k = naive.half(d.length);
    return m <= k
      ? [...naive.proof(m, d.slice(0, k), isWhole), naive.mth(d.slice(k))]
      : [...naive.proof(m - k, d.slice(k), false), naive.mth(d.slice(0, k))];
  },
};

const sizes = Array.from({ length: 256 }, (_, i) => i + 1);
const naiveRoots = [emptyRoot, ...sizes.map((size) => naive.mth(many.slice(0, size)))];

function rootOf(size: number): Bytes {
  return naiveRoots[size] ?? emptyRoot;
}

const hexes = (hashes: readonly Bytes[]) => hashes.map(bytesToHex).join(' ');

describe('roots', () => {
  it('[L20] the roots of the first 0 to 8 entries are those of the formats', () => {
    expect(roots.map((_, size) => bytesToHex(merkleRoot(leaves.slice(0, size))))).toEqual(
      roots.map(bytesToHex),
    );
  });

  it('[L20] a node takes two hashes of 32 bytes', () => {
    expect(() => nodeHash(hex('00'), emptyRoot)).toThrow(RangeError);
  });

  it('[L21] the frontier has the naive root at every size and round-trips', () => {
    let frontier: Frontier = emptyFrontier();
    for (const [size, leaf] of many.entries()) {
      const before = bytesToHex(encodeFrontier(frontier));
      const next = appendLeaf(frontier, leaf);
      expect(bytesToHex(encodeFrontier(frontier))).toBe(before);
      frontier = next;
      expect(bytesToHex(frontierRoot(frontier))).toBe(bytesToHex(rootOf(size + 1)));
      expect(decodeFrontier(encodeFrontier(frontier))).toEqual({ ok: true, value: frontier });
    }
    expect(frontierRoot(emptyFrontier())).toEqual(emptyRoot);
  });

  it('[L21] a frontier restored past 2^32 leaves goes on growing', () => {
    const size = 2 ** 40 + 2 ** 32 - 1;
    const hashes = many.slice(0, 33);
    const decoded = decodeFrontier(encodeFrontier({ size, hashes }));
    if (!decoded.ok) throw new Error(decoded.code);
    const next = appendLeaf(decoded.value, emptyRoot);
    expect([next.size, next.hashes.length]).toEqual([size + 1, 2]);
    expect(next.hashes[0]).toEqual(hashes[0]);
  });

  it.each([
    '',
    '00',
    '0000000000000001',
    `0000000000000001${'00'.repeat(64)}`,
    `${'ff'.repeat(8)}${'00'.repeat(2048)}`,
  ])('[L21] the frontier %# is refused', (bytes) => {
    expect(decodeFrontier(hex(bytes))).toMatchObject({ ok: false, code: 'frontier_malformed' });
  });
});

describe('inclusion', () => {
  it('[L22] leaf 5 of 8 has the proof of the formats', () => {
    expect(hexes(inclusionProof(leaves, 5, 8))).toBe(hexes(inclusionOf5In8));
  });

  it('[L22] every (index, size) up to 256 has RFC 6962’s proof, which verifies', () => {
    const wrong: string[] = [];
    for (const size of sizes) {
      const tree = many.slice(0, size);
      for (const [index, leaf] of tree.entries()) {
        const proof = inclusionProof(reader, index, size);
        // The naive proof hashes the whole tree for each leaf: all of them up to 48, and a diagonal of the rest.
        if (size <= 48 || (index + size) % 37 === 0)
          expect(hexes(proof)).toBe(hexes(naive.path(index, tree)));
        const claim = { leaf, index: BigInt(index), size: BigInt(size), root: rootOf(size), proof };
        if (!verifyInclusion(claim).ok) wrong.push(`inclusion(${index}, ${size})`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('[L22] a proof is good for its own index, size and leaf alone', () => {
    const proof = inclusionProof(leaves, 5, 8);
    const [, , , , other = emptyRoot, leaf = emptyRoot] = leaves;
    const [, , , , , , , root7 = emptyRoot, root = emptyRoot] = roots;
    const good = { leaf, index: 5n, size: 8n, root, proof };
    expect(verifyInclusion(good)).toEqual({ ok: true, value: undefined });
    for (const index of [0n, 1n, 2n, 3n, 4n, 6n, 7n])
      expect(verifyInclusion({ ...good, index }).ok).toBe(false);
    expect(verifyInclusion({ ...good, size: 7n, root: root7 }).ok).toBe(false);
    expect(verifyInclusion({ ...good, leaf: other })).toEqual({ ok: false, code: 'root_mismatch' });
  });

  it.each([
    ['a trailing hash', { proof: [...inclusionOf5In8, emptyRoot] }, 'proof_length'],
    ['a missing hash', { proof: inclusionOf5In8.slice(1) }, 'proof_length'],
    ['swapped hashes', { proof: inclusionOf5In8.toReversed() }, 'root_mismatch'],
    ['a short hash', { proof: inclusionOf5In8.map((hash) => hash.subarray(1)) }, 'hash_length'],
    ['a short leaf', { leaf: hex('00') }, 'hash_length'],
    ['a long root', { root: hex('00'.repeat(33)) }, 'hash_length'],
    ['an index at the size', { index: 8n }, 'index_out_of_range'],
    ['a negative index', { index: -1n }, 'index_out_of_range'],
    ['the empty tree', { index: 0n, size: 0n }, 'index_out_of_range'],
  ])('[L25] an inclusion claim with %s is refused', (_name, change, code) => {
    const good = {
      leaf: leaves[5] ?? emptyRoot,
      index: 5n,
      size: 8n,
      root: roots[8] ?? emptyRoot,
      proof: inclusionOf5In8,
    };
    expect(verifyInclusion({ ...good, ...change })).toEqual({ ok: false, code });
  });

  it.each([
    [8, 8],
    [-1, 8],
    [0, 0],
    [0.5, 8],
    [0, 2 ** 53],
  ])('[L25] asking for inclusion(%s, %s) is a bug and throws', (index, size) => {
    expect(() => inclusionProof(leaves, index, size)).toThrow(RangeError);
  });
});

describe('consistency', () => {
  it('[L23] from 4 to 8 it is the proof of the formats', () => {
    expect(hexes(consistencyProof(leaves, 4, 8))).toBe(hexes(consistencyOf4In8));
  });

  it('[L23] every 0 < m ≤ n ≤ 256 has RFC 6962’s proof, which verifies', () => {
    const wrong: string[] = [];
    for (const n of sizes) {
      for (let m = 1; m <= n; m++) {
        const proof = consistencyProof(reader, m, n);
        if (n <= 48 || (m + n) % 37 === 0) expect(hexes(proof)).toBe(hexes(naive.proof(m, many.slice(0, n))));
        const claim = { m: BigInt(m), n: BigInt(n), root1: rootOf(m), root2: rootOf(n), proof };
        if (!verifyConsistency(claim).ok) wrong.push(`consistency(${m}, ${n})`);
      }
    }
    expect(wrong).toEqual([]);
  });

  const good = {
    m: 6n,
    n: 8n,
    root1: roots[6] ?? emptyRoot,
    root2: roots[8] ?? emptyRoot,
    proof: consistencyProof(leaves, 6, 8),
  };

  it.each([
    ['a trailing hash', { proof: [...good.proof, emptyRoot] }, 'proof_length'],
    ['a missing hash', { proof: good.proof.slice(0, -1) }, 'proof_length'],
    ['no hash', { proof: [] }, 'proof_length'],
    ['a short hash', { proof: good.proof.map((hash) => hash.subarray(1)) }, 'hash_length'],
    ['a short root', { root2: hex('00') }, 'root2_mismatch'],
    ['size 0', { m: 0n }, 'size_zero'],
    ['sizes in the wrong order', { m: 9n }, 'size_order'],
    ['a proof between equal sizes', { m: 8n }, 'proof_length'],
    ['another root for m', { root1: emptyRoot }, 'root1_mismatch'],
    ['another root for n', { root2: emptyRoot }, 'root2_mismatch'],
    ['swapped roots', { root1: good.root2, root2: good.root1 }, 'root2_mismatch'],
  ])('[L25] a consistency claim with %s is refused', (_name, change, code) => {
    expect(verifyConsistency({ ...good, ...change })).toEqual({ ok: false, code });
  });

  it('[L25] equal sizes need equal roots', () => {
    const same = { m: 8n, n: 8n, root1: good.root2, root2: good.root2, proof: [] };
    expect(verifyConsistency(same).ok).toBe(true);
    expect(verifyConsistency({ ...same, root1: good.root1 })).toEqual({ ok: false, code: 'root1_mismatch' });
  });

  it.each([
    [0, 8],
    [9, 8],
    [1.5, 8],
  ])('[L25] asking for consistency(%s, %s) is a bug and throws', (m, n) => {
    expect(() => consistencyProof(leaves, m, n)).toThrow(RangeError);
  });

  it.each([5, 6, 7])('[L26] a forged prefix of %i shows in a proof that meets root 8 exactly', (m) => {
    const recomputed = rootsFromConsistency(BigInt(m), 8n, consistencyProof(leaves, m, 8));
    if (!recomputed.ok) throw new Error(recomputed.code);
    const forged = merkleRoot(leaves.slice(0, m).toReversed());
    expect(bytesToHex(recomputed.value.root2)).toBe(bytesToHex(good.root2));
    expect(bytesToHex(recomputed.value.root1)).toBe(bytesToHex(roots[m] ?? emptyRoot));
    expect(equalBytes(recomputed.value.root1, forged)).toBe(false);
  });

  it('[L26] where m is a power of two or n, the seed must be given', () => {
    const seed = roots[4] ?? emptyRoot;
    expect(rootsFromConsistency(4n, 8n, consistencyOf4In8)).toEqual({ ok: false, code: 'seed_missing' });
    expect(rootsFromConsistency(4n, 8n, consistencyOf4In8, seed)).toEqual({
      ok: true,
      value: { root1: seed, root2: good.root2 },
    });
    expect(rootsFromConsistency(8n, 8n, [])).toEqual({ ok: false, code: 'seed_missing' });
    expect(rootsFromConsistency(8n, 8n, [], seed)).toEqual({ ok: true, value: { root1: seed, root2: seed } });
    expect(rootsFromConsistency(4n, 8n, consistencyOf4In8, hex('00'))).toEqual({
      ok: false,
      code: 'hash_length',
    });
  });
});
