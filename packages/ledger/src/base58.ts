/** base58btc, used by did:key (Multibase `z`). Quadratic in the length, so it is for keys only. */
import type { Bytes } from './bytes.ts';

const digits = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

export function bytesToBase58(bytes: Bytes): string {
  const zeros = leading(bytes, (byte) => byte === 0);
  const converted = convert([...bytes.subarray(zeros)], 256, 58);
  return '1'.repeat(zeros) + converted.map((digit) => digits.charAt(digit)).join('');
}

/** Undefined for a character outside the alphabet. Every byte string has one spelling, so there is nothing else to refuse. */
export function base58ToBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  const values = [...text].map((digit) => digits.indexOf(digit));
  if (values.includes(-1)) return undefined;
  const zeros = leading(values, (value) => value === 0);
  return new Uint8Array([...values.slice(0, zeros), ...convert(values.slice(zeros), 58, 256)]);
}

function leading(values: Iterable<number>, isLeading: (value: number) => boolean): number {
  let count = 0;
  for (const value of values) {
    if (!isLeading(value)) break;
    count++;
  }
  return count;
}

/** Schoolbook change of base, most significant digit first. */
function convert(from: readonly number[], fromBase: number, toBase: number): readonly number[] {
  const reversed: number[] = [];
  for (const value of from) {
    let carry = value;
    for (const [at, digit] of reversed.entries()) {
      carry += digit * fromBase;
      reversed[at] = carry % toBase;
      carry = Math.floor(carry / toBase);
    }
    for (; carry > 0; carry = Math.floor(carry / toBase)) reversed.push(carry % toBase);
  }
  return reversed.reverse();
}
