/** RFC 6962 §2.1: the hashes of a Merkle tree, and its root grown leaf by leaf. */
import { type Bytes, concatBytes, copyBytes, readU64be, u64be } from './bytes.ts';
import { type Result, err, ok } from './result.ts';
import { sha256, sha256Parts } from './sha256.ts';

/** The right edge of a tree: the hashes of its complete subtrees, largest first (one per 1 bit of `size`). */
export interface Frontier {
  readonly size: number;
  readonly hashes: readonly Bytes[];
}

/** SHA-256 of nothing, the root of the tree of size 0. */
export const emptyRoot: Bytes = sha256(new Uint8Array(0));

const prefixed = new Uint8Array(16_384); // begins with 00 for good; entries are at most half as long

/** SHA-256(00 ‖ entry). */
export function leafHash(entry: Bytes): Uint8Array<ArrayBuffer> {
  if (entry.length >= prefixed.length) return sha256Parts(prefixed.subarray(0, 1), entry);
  prefixed.set(entry, 1);
  return sha256(prefixed.subarray(0, entry.length + 1));
}

const pair = new Uint8Array(65).fill(1, 0, 1);

/** SHA-256(01 ‖ left ‖ right); throws unless both have 32 bytes. */
export function nodeHash(left: Bytes, right: Bytes): Uint8Array<ArrayBuffer> {
  if (left.length !== 32 || right.length !== 32) throw new RangeError('nodeHash: a hash has 32 bytes');
  pair.set(left, 1);
  pair.set(right, 33);
  return sha256(pair);
}

export function emptyFrontier(): Frontier {
  return { size: 0, hashes: [] };
}

/** The frontier with one more leaf; the given one stays as it was. */
export function appendLeaf({ size, hashes }: Frontier, leaf: Bytes): Frontier {
  const grown = [...hashes];
  let joined = leaf;
  // Each trailing 1 bit of the old size is a subtree that the new leaf completes.
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2))
    joined = nodeHash(grown.pop() ?? joined, joined);
  grown.push(joined);
  return { size: size + 1, hashes: grown };
}

export function frontierRoot({ hashes }: Frontier): Bytes {
  return foldRight(hashes) ?? emptyRoot;
}

/** The root over leaf hashes. */
export function merkleRoot(leafHashes: readonly Bytes[]): Bytes {
  let level = leafHashes;
  while (level.length > 1) level = parents(level);
  return level[0] ?? emptyRoot;
}

/** u64be(size) ‖ hashes. */
export function encodeFrontier({ size, hashes }: Frontier): Uint8Array<ArrayBuffer> {
  return concatBytes(u64be(size), ...hashes);
}

/** Refuses a size past 2^53 − 1 and any number of hashes but one per 1 bit of the size. */
export function decodeFrontier(bytes: Bytes): Result<Frontier, 'frontier_malformed'> {
  if (bytes.length < 8) return err('frontier_malformed');
  const size = readU64be(bytes);
  const count = popcount(size);
  if (size > BigInt(Number.MAX_SAFE_INTEGER) || bytes.length !== 8 + 32 * count)
    return err('frontier_malformed');
  const hashes = Array.from({ length: count }, (_, i) => copyBytes(bytes, 8 + 32 * i, 40 + 32 * i));
  return ok({ size: Number(size), hashes });
}

/** Subtree hashes from left to right, joined from the right; undefined for none. */
export function foldRight(hashes: readonly Bytes[]): Bytes | undefined {
  let joined: Bytes | undefined;
  for (let i = hashes.length - 1; i >= 0; i--) {
    const left = hashes[i];
    if (left) joined = joined ? nodeHash(left, joined) : left;
  }
  return joined;
}

/** The level above; an odd last hash moves up as it is, which gives the same root as RFC 6962's recursion. */
export function parents(level: readonly Bytes[]): readonly Bytes[] {
  const above: Bytes[] = [];
  for (let i = 0; i < level.length; i += 2) {
    const left = level[i];
    const right = level[i + 1];
    if (left) above.push(right ? nodeHash(left, right) : left);
  }
  return above;
}

/** The number of 1 bits. */
export function popcount(value: bigint): number {
  let count = 0;
  for (let rest = value; rest > 0n; rest >>= 1n) count += Number(rest & 1n);
  return count;
}
