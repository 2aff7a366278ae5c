/**
 * x^((p − 5) / 8) mod p = 2^255 − 19, which every square root there is made of. In limbs of 22 bits that are doubles: the products of two
 * elements stay below 2^53, and bigints would take several times as long.
 */

const LIMBS = 12;
const BITS = 22;
const BASE = 2 ** BITS;
/** 2^264 mod p: what a limb past the last is worth at the first. */
const FOLD = 19 * 2 ** 9;
const mask = BigInt(BASE - 1);
const p = 2n ** 255n - 19n;

type Element = Float64Array;

/** `x` from 0 to p − 1; so is what comes back. */
export function powP58(x: bigint): bigint {
  return toBigint(power(toElement(x)));
}

/** By the chain of Bernstein's reference: x^(2^252 − 3) in 251 squarings and 11 products. */
function power(x: Element): Element {
  const x3 = multiply(squared(x, 1), x);
  const x15 = multiply(squared(x3, 2), x3);
  const ones5 = multiply(squared(x15, 1), x);
  const ones10 = multiply(squared(ones5, 5), ones5);
  const ones20 = multiply(squared(ones10, 10), ones10);
  const ones40 = multiply(squared(ones20, 20), ones20);
  const ones80 = multiply(squared(ones40, 40), ones40);
  const ones160 = multiply(squared(ones80, 80), ones80);
  const ones240 = multiply(squared(ones160, 80), ones80);
  const ones250 = multiply(squared(ones240, 10), ones10);
  return multiply(squared(ones250, 2), x);
}

const wide = new Float64Array(2 * LIMBS);
const high = new Float64Array(LIMBS);

function squared(x: Element, times: number): Element {
  const out = x.slice();
  for (let i = 0; i < times; i++) {
    squareColumns(out);
    reduce(out);
  }
  return out;
}

function multiply(a: Element, b: Element): Element {
  const out = new Float64Array(LIMBS);
  multiplyColumns(a, b);
  reduce(out);
  return out;
}

/** Carries `wide` and folds its upper half. */
function reduce(out: Element): void {
  let carry = 0;
  for (let i = 0; i < LIMBS; i++) {
    const value = (wide[i + LIMBS] ?? 0) + carry;
    carry = Math.floor(value / BASE);
    high[i] = value - carry * BASE;
  }
  carry = 0;
  for (let i = 0; i < LIMBS; i++) {
    const value = (wide[i] ?? 0) + FOLD * (high[i] ?? 0) + carry;
    carry = Math.floor(value / BASE);
    out[i] = value - carry * BASE;
  }
  const first = (out[0] ?? 0) + FOLD * carry;
  carry = Math.floor(first / BASE);
  out[0] = first - carry * BASE;
  out[1] = (out[1] ?? 0) + carry;
}

function multiplyColumns(a: Element, b: Element): void {
  wide.fill(0);
  for (let i = 0; i < LIMBS; i++)
    for (let j = 0; j < LIMBS; j++) wide[i + j] = (wide[i + j] ?? 0) + (a[i] ?? 0) * (b[j] ?? 0);
}

/** Nearly all of the work, so it is spelt out: each product of two limbs once, and doubled. */
function squareColumns(a: Element): void {
  const a0 = a[0] ?? 0;
  const a1 = a[1] ?? 0;
  const a2 = a[2] ?? 0;
  const a3 = a[3] ?? 0;
  const a4 = a[4] ?? 0;
  const a5 = a[5] ?? 0;
  const a6 = a[6] ?? 0;
  const a7 = a[7] ?? 0;
  const a8 = a[8] ?? 0;
  const a9 = a[9] ?? 0;
  const a10 = a[10] ?? 0;
  const a11 = a[11] ?? 0;
  const d0 = 2 * a0;
  const d1 = 2 * a1;
  const d2 = 2 * a2;
  const d3 = 2 * a3;
  const d4 = 2 * a4;
  const d5 = 2 * a5;
  const d6 = 2 * a6;
  const d7 = 2 * a7;
  const d8 = 2 * a8;
  const d9 = 2 * a9;
  const d10 = 2 * a10;
  wide[0] = a0 * a0;
  wide[1] = d0 * a1;
  wide[2] = d0 * a2 + a1 * a1;
  wide[3] = d0 * a3 + d1 * a2;
  wide[4] = d0 * a4 + d1 * a3 + a2 * a2;
  wide[5] = d0 * a5 + d1 * a4 + d2 * a3;
  wide[6] = d0 * a6 + d1 * a5 + d2 * a4 + a3 * a3;
  wide[7] = d0 * a7 + d1 * a6 + d2 * a5 + d3 * a4;
  wide[8] = d0 * a8 + d1 * a7 + d2 * a6 + d3 * a5 + a4 * a4;
  wide[9] = d0 * a9 + d1 * a8 + d2 * a7 + d3 * a6 + d4 * a5;
  wide[10] = d0 * a10 + d1 * a9 + d2 * a8 + d3 * a7 + d4 * a6 + a5 * a5;
  wide[11] = d0 * a11 + d1 * a10 + d2 * a9 + d3 * a8 + d4 * a7 + d5 * a6;
  wide[12] = d1 * a11 + d2 * a10 + d3 * a9 + d4 * a8 + d5 * a7 + a6 * a6;
  wide[13] = d2 * a11 + d3 * a10 + d4 * a9 + d5 * a8 + d6 * a7;
  wide[14] = d3 * a11 + d4 * a10 + d5 * a9 + d6 * a8 + a7 * a7;
  wide[15] = d4 * a11 + d5 * a10 + d6 * a9 + d7 * a8;
  wide[16] = d5 * a11 + d6 * a10 + d7 * a9 + a8 * a8;
  wide[17] = d6 * a11 + d7 * a10 + d8 * a9;
  wide[18] = d7 * a11 + d8 * a10 + a9 * a9;
  wide[19] = d8 * a11 + d9 * a10;
  wide[20] = d9 * a11 + a10 * a10;
  wide[21] = d10 * a11;
  wide[22] = a11 * a11;
}

function toElement(x: bigint): Element {
  const element = new Float64Array(LIMBS);
  let rest = x;
  for (let i = 0; i < LIMBS; i++) {
    element[i] = Number(rest & mask);
    rest >>= 22n;
  }
  return element;
}

function toBigint(element: Element): bigint {
  let value = 0n;
  for (let i = LIMBS - 1; i >= 0; i--) value = (value << 22n) + BigInt(element[i] ?? 0);
  return value % p;
}
