/**
 * Whether a point of edwards25519 lies in the subgroup of prime order, without multiplying by that order. The group is cyclic of order 8 · L,
 * so the subgroup is what can be halved three times (T. Pornin, "Point-Halving and Subgroup Membership in Twisted Edwards Curves", 2022).
 * That is asked of the same point on Curve25519, v² = u³ + A·u² + u: the first two halvings by what they would be, the last by a character.
 */
import { type Bytes, copyBytes } from './bytes.ts';
import { powP58 } from './fieldPower.ts';
import { bytesToHex } from './hex.ts';

const p = 2n ** 255n - 19n;
const A = 486_662n;
/** √−1. */
const I = 19681161376707505956807079304988542015446066515923890162744021073123829784752n;
/** √(A + 2): the v of the points of order 4, whose u is 1. */
const V4 = 9094040566125962849133224048217411091405536248825867518642941381412595940312n;

/**
 * True only for the canonical encoding (RFC 8032 §5.1.2) of a point of prime order. False says no more than that the long way must be
 * asked, which also finds what is wrong.
 */
export function isSurelyPrimeOrder(key: Bytes): boolean {
  if (key.length !== 32) return false;
  const y = littleEndian(key) & (2n ** 255n - 1n); // the sign of x makes no difference
  if (y >= p) return false;
  const [up, down] = [mod(1n + y), mod(1n - y)];
  if (up === 0n || down === 0n) return false; // the points of order 1 and 2
  const w = sqrtRatio(up, down);
  if (w === undefined) return false; // no half
  const u = mod(w * w);
  const s = sqrtRatio(mod(u * u + A * u + 1n), 1n);
  if (s === undefined) return false; // no point
  return canBeHalvedTwice(halve(u, w, s));
}

/** A half of the point, as its u and v/u. There are two, a point of order 2 apart, which can be halved twice itself. */
function halve(u: bigint, w: bigint, s: bigint): Half {
  // u + 1/u of a half is one of these, that which with A is a square.
  for (const t of [mod(2n * (u + s)), mod(2n * (u - s))]) {
    const z = sqrtRatio(mod(t + A), 1n);
    if (z !== undefined) return { u: mod(half(t) + w * z), z };
  }
  throw new Error('halve: one of both is a square');
}

interface Half {
  readonly u: bigint;
  readonly z: bigint;
}

/** The Tate pairing of order 4 with the point (1, V4): 1 for what is four times something. */
function canBeHalvedTwice({ u, z }: Half): boolean {
  const line = mod(z - V4);
  const value = mod(u * mod(line * line));
  const power = powP58(value);
  return mod(mod(power * power) * value) === 1n; // value^((p − 1) / 4)
}

/** RFC 8032 §5.1.3: √(a / b), undefined if there is none. */
function sqrtRatio(a: bigint, b: bigint): bigint | undefined {
  const b3 = mod(mod(b * b) * b);
  const b7 = mod(mod(b3 * b3) * b);
  const root = mod(mod(a * b3) * powP58(mod(a * b7)));
  const square = mod(mod(root * root) * b);
  if (square === a) return root;
  return square === mod(-a) ? mod(root * I) : undefined;
}

function littleEndian(bytes: Bytes): bigint {
  return BigInt(`0x${bytesToHex(copyBytes(bytes).reverse())}`);
}

function half(value: bigint): bigint {
  return (value & 1n) === 0n ? value >> 1n : (value + p) >> 1n;
}

function mod(value: bigint): bigint {
  const rest = value % p;
  return rest < 0n ? rest + p : rest;
}
