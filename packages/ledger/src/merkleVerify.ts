/** Checks RFC 6962 proofs by the closed form of formats §3; sizes are bigint, because a proof may claim any u64. */
import { type Bytes, equalBytes } from './bytes.ts';
import { nodeHash, popcount } from './merkle.ts';
import { type Result, err, ok } from './result.ts';

export interface InclusionClaim {
  /** The leaf's hash, not the entry. */
  readonly leaf: Bytes;
  readonly index: bigint;
  readonly size: bigint;
  readonly root: Bytes;
  readonly proof: readonly Bytes[];
}

export interface ConsistencyClaim {
  readonly m: bigint;
  readonly n: bigint;
  readonly root1: Bytes;
  readonly root2: Bytes;
  readonly proof: readonly Bytes[];
}

export type InclusionRefusal = 'hash_length' | 'index_out_of_range' | 'proof_length' | 'root_mismatch';
export type ConsistencyShapeRefusal =
  | 'hash_length'
  | 'size_zero'
  | 'size_order'
  | 'proof_length'
  | 'seed_missing';
export type ConsistencyRefusal = ConsistencyShapeRefusal | 'root1_mismatch' | 'root2_mismatch';

/** RFC 9162 §2.1.3.2. */
export function verifyInclusion({
  leaf,
  index,
  size,
  root,
  proof,
}: InclusionClaim): Result<void, InclusionRefusal> {
  if (!areHashes([leaf, root, ...proof])) return err('hash_length');
  if (index < 0n || index >= size) return err('index_out_of_range');
  const inner = bitLength(index ^ (size - 1n));
  const border = popcount(index >> BigInt(inner));
  if (proof.length !== inner + border) return err('proof_length');
  let hash = leaf;
  for (const [j, sibling] of proof.entries()) {
    const isRight = j >= inner || isSet(index, j);
    hash = isRight ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
  }
  return equalBytes(hash, root) ? ok() : err('root_mismatch');
}

/**
 * RFC 9162 §2.1.4.2. From size 0 nothing can be proved, so it is refused (`size_zero`). `root1_mismatch` and `root2_mismatch` are told
 * apart, because only a proof that meets root2 exactly says anything about root1.
 */
export function verifyConsistency({
  m,
  n,
  root1,
  root2,
  proof,
}: ConsistencyClaim): Result<void, ConsistencyRefusal> {
  const roots = rootsFromConsistency(m, n, proof, m === n ? root2 : root1);
  if (!roots.ok) return roots;
  if (!equalBytes(roots.value.root2, root2)) return err('root2_mismatch');
  return equalBytes(roots.value.root1, root1) ? ok() : err('root1_mismatch');
}

/**
 * Both roots that a consistency-shaped proof yields, compared with nothing: an equivocation proof reproduces a signed root n and yields
 * another root m than the signed one. `seed` is the root of size m where the proof does not carry it: m = 2^s, or m = n.
 */
export function rootsFromConsistency(
  m: bigint,
  n: bigint,
  proof: readonly Bytes[],
  seed?: Bytes,
): Result<{ readonly root1: Bytes; readonly root2: Bytes }, ConsistencyShapeRefusal> {
  if (m <= 0n) return err('size_zero');
  if (m > n) return err('size_order');
  const needsSeed = m === n || isPowerOfTwo(m);
  const start = needsSeed ? seed : proof[0];
  if (m === n && proof.length > 0) return err('proof_length');
  if (!start) return err(needsSeed ? 'seed_missing' : 'proof_length');
  // Nothing is hashed between equal sizes: the claim is that the roots are equal, whatever they are.
  if (m === n) return ok({ root1: start, root2: start });
  return areHashes([start, ...proof])
    ? climb(m, n, start, needsSeed ? proof : proof.slice(1))
    : err('hash_length');
}

function climb(
  m: bigint,
  n: bigint,
  start: Bytes,
  rest: readonly Bytes[],
): Result<{ readonly root1: Bytes; readonly root2: Bytes }, 'proof_length'> {
  const index = m - 1n;
  const whole = bitLength(index ^ (n - 1n));
  const border = popcount(index >> BigInt(whole));
  const shift = trailingZeros(m);
  const inner = whole - shift;
  if (rest.length !== inner + border) return err('proof_length');
  const mask = index >> BigInt(shift);
  let root1 = start;
  let root2 = start;
  for (const [j, hash] of rest.entries()) {
    const isLeft = j >= inner || isSet(mask, j);
    root2 = isLeft ? nodeHash(hash, root2) : nodeHash(root2, hash);
    if (isLeft) root1 = nodeHash(hash, root1);
  }
  return ok({ root1, root2 });
}

function areHashes(values: readonly Bytes[]): boolean {
  return values.every((value) => value.length === 32);
}

function isSet(value: bigint, bit: number): boolean {
  return ((value >> BigInt(bit)) & 1n) === 1n;
}

function isPowerOfTwo(value: bigint): boolean {
  return (value & (value - 1n)) === 0n;
}

function bitLength(value: bigint): number {
  let length = 0;
  for (let rest = value; rest > 0n; rest >>= 1n) length++;
  return length;
}

function trailingZeros(value: bigint): number {
  let count = 0;
  for (let rest = value; (rest & 1n) === 0n; rest >>= 1n) count++;
  return count;
}
