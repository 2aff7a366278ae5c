/** Makes RFC 6962 §2.1.1–2.1.2 proofs, from leaf hashes or from stored subtree hashes (as Go's x/mod/sumdb/tlog does from tiles). */
import type { Bytes } from './bytes.ts';
import { emptyRoot, foldRight, type Frontier, nodeHash } from './merkle.ts';

/**
 * The hash of the complete subtree over the leaves [index · 2^level, (index + 1) · 2^level). It is asked only for subtrees that are
 * complete in the tree at hand, so what is stored never changes.
 */
export type HashReader = (level: number, index: number) => Bytes | Promise<Bytes>;
export type SyncHashReader = (level: number, index: number) => Bytes;

interface Subtree {
  readonly level: number;
  readonly index: number;
}

/** One hash of a proof: these complete subtrees, left to right, joined from the right. */
type Part = readonly Subtree[];

/** The root of the tree's first `size` leaves. */
export function rootAt(source: SyncHashReader, size: number): Bytes;
export function rootAt(source: HashReader, size: number): Promise<Bytes>;
export function rootAt(source: HashReader, size: number): Bytes | Promise<Bytes> {
  checkSize(size);
  if (size === 0) return emptyRoot;
  return first(readParts(source, [subtrees(0, size)]));
}

/** The right edge of the tree's first `size` leaves: what one who goes on from there needs to know of all that came before. */
export async function frontierAt(source: HashReader, size: number): Promise<Frontier> {
  checkSize(size);
  return {
    size,
    hashes: await readParts(
      source,
      subtrees(0, size).map((part) => [part]),
    ),
  };
}

/** The inclusion proof of leaf `index` in the tree of `size` leaves, leaf's sibling first. Throws unless 0 ≤ index < size. */
export function inclusionProof(
  source: readonly Bytes[] | SyncHashReader,
  index: number,
  size: number,
): Bytes[];
export function inclusionProof(source: HashReader, index: number, size: number): Promise<Bytes[]>;
export function inclusionProof(
  source: readonly Bytes[] | HashReader,
  index: number,
  size: number,
): Bytes[] | Promise<Bytes[]> {
  checkSize(size);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size)
    throw new RangeError('inclusionProof: index out of range');
  return readParts(readerOf(source), pathParts(index, 0, size));
}

/** The consistency proof from `m` to `n` leaves. Throws unless 0 < m ≤ n. */
export function consistencyProof(source: readonly Bytes[] | SyncHashReader, m: number, n: number): Bytes[];
export function consistencyProof(source: HashReader, m: number, n: number): Promise<Bytes[]>;
export function consistencyProof(
  source: readonly Bytes[] | HashReader,
  m: number,
  n: number,
): Bytes[] | Promise<Bytes[]> {
  checkSize(n);
  if (!Number.isSafeInteger(m) || m <= 0 || m > n)
    throw new RangeError('consistencyProof: sizes out of range');
  return readParts(readerOf(source), m === n ? [] : subproofParts(m, 0, n, true));
}

/** A reader over leaf hashes in memory; hashes every level once, at the first question. */
export function hashReaderOf(leafHashes: readonly Bytes[]): SyncHashReader {
  const levels: (readonly Bytes[])[] = [leafHashes];
  return (level, index) => {
    for (let top = levels.length; top <= level; top++) levels.push(completePairs(levels[top - 1] ?? []));
    const hash = levels[level]?.[index];
    if (!hash) throw new RangeError('hashReaderOf: that subtree is not complete');
    return hash;
  };
}

/** RFC 6962 §2.1.1: PATH(index, D[lo:hi]). */
function pathParts(index: number, lo: number, hi: number): Part[] {
  if (hi - lo === 1) return [];
  const middle = lo + largestPowerBelow(hi - lo);
  return index < middle
    ? [...pathParts(index, lo, middle), subtrees(middle, hi)]
    : [...pathParts(index, middle, hi), subtrees(lo, middle)];
}

/** RFC 6962 §2.1.2: SUBPROOF(m, D[lo:hi], isWhole); `m` is an absolute leaf count here. */
function subproofParts(m: number, lo: number, hi: number, isWhole: boolean): Part[] {
  if (m === hi) return isWhole ? [] : [subtrees(lo, hi)];
  const middle = lo + largestPowerBelow(hi - lo);
  return m <= middle
    ? [...subproofParts(m, lo, middle, isWhole), subtrees(middle, hi)]
    : [...subproofParts(m, middle, hi, false), subtrees(lo, middle)];
}

/** The complete subtrees that make up the leaves [lo, hi), largest first; lo is a multiple of the largest. */
function subtrees(lo: number, hi: number): Part {
  const parts: Subtree[] = [];
  for (let at = lo; at < hi;) {
    const level = bitLength(hi - at) - 1;
    const width = 2 ** level;
    parts.push({ level, index: at / width });
    at += width;
  }
  return parts;
}

function readParts(source: SyncHashReader, parts: readonly Part[]): Bytes[];
function readParts(source: HashReader, parts: readonly Part[]): Bytes[] | Promise<Bytes[]>;
function readParts(source: HashReader, parts: readonly Part[]): Bytes[] | Promise<Bytes[]> {
  const read = parts.map((part) => joinRead(part.map(({ level, index }) => source(level, index))));
  return read.every(isHere) ? read : Promise.all(read.map(promised));
}

function joinRead(hashes: readonly (Bytes | Promise<Bytes>)[]): Bytes | Promise<Bytes> {
  return hashes.every(isHere) ? join(hashes) : Promise.all(hashes.map(promised)).then(join);
}

function isHere(hash: Bytes | Promise<Bytes>): hash is Bytes {
  return !(hash instanceof Promise);
}

async function promised(hash: Bytes | Promise<Bytes>): Promise<Bytes> {
  return hash;
}

function join(hashes: readonly Bytes[]): Bytes {
  return foldRight(hashes) ?? emptyRoot;
}

function first(hashes: Bytes[] | Promise<Bytes[]>): Bytes | Promise<Bytes> {
  return hashes instanceof Promise ? hashes.then(([hash]) => hash ?? emptyRoot) : (hashes[0] ?? emptyRoot);
}

function readerOf(source: readonly Bytes[] | HashReader): HashReader {
  return typeof source === 'function' ? source : hashReaderOf(source);
}

function completePairs(level: readonly Bytes[]): readonly Bytes[] {
  const above: Bytes[] = [];
  for (let i = 1; i < level.length; i += 2) {
    const left = level[i - 1];
    const right = level[i];
    if (left && right) above.push(nodeHash(left, right));
  }
  return above;
}

function largestPowerBelow(count: number): number {
  return 2 ** (bitLength(count - 1) - 1);
}

/** Also past 2^32, where the bit operators end. */
function bitLength(count: number): number {
  return count < 2 ** 31 ? 32 - Math.clz32(count) : 31 + bitLength(Math.floor(count / 2 ** 31));
}

function checkSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError('a tree size is a safe integer ≥ 0');
}
