/** The decoder behind `decodeCbor`: reads any spelling of a `Cbor` value and throws `CborFault` on everything else. */
import { type Bytes, copyBytes } from './bytes.ts';
import { type Cbor, maxCborDepth } from './cborValue.ts';
import { bytesToUtf8 } from './utf8.ts';

/** What is wrong with the bytes; caught at the edge, in `decodeCbor`. */
export class CborFault extends Error {}

interface Input {
  readonly bytes: Bytes;
  at: number;
}

const maxShort = 32;
const slots = 1024;
const seen: (string | undefined)[] = Array.from({ length: slots });

export function readCbor(bytes: Bytes): Cbor {
  const input: Input = { bytes, at: 0 };
  const value = read(input, 0);
  if (input.at !== bytes.length) throw new CborFault('bytes after the value');
  return value;
}

function read(input: Input, depth: number): Cbor {
  const head = next(input);
  const major = head >> 5;
  if (major === 7) return simple(head);
  if (major === 6) throw new CborFault('tag');
  const count = argument(input, head & 31);
  switch (major) {
    case 0:
      return count;
    case 1:
      return negative(count);
    case 2:
      return copyBytes(input.bytes, skip(input, count), input.at);
    case 3:
      return text(input, count);
    default:
      if (depth >= maxCborDepth) throw new CborFault('too deep');
      return major === 4 ? list(input, count, depth + 1) : map(input, count, depth + 1);
  }
}

function simple(head: number): boolean | null {
  if (head === 0xf4) return false;
  if (head === 0xf5) return true;
  if (head === 0xf6) return null;
  throw new CborFault('float, undefined or another simple value');
}

function negative(count: number): number {
  const value = -1 - count;
  if (!Number.isSafeInteger(value)) throw new CborFault('integer past 2^53');
  return value;
}

function text(input: Input, length: number): string {
  const start = skip(input, length);
  const { bytes, at } = input;
  const short = length <= maxShort ? shortAscii(bytes, start, at) : undefined;
  if (short !== undefined) return short;
  const long = bytesToUtf8(bytes.subarray(start, at));
  if (long === undefined) throw new CborFault('text is not UTF-8');
  return long;
}

/**
 * Nearly all text is a short key or kind that comes again and again: one string for each, found by its bytes. Undefined beyond ASCII.
 */
function shortAscii(bytes: Bytes, start: number, end: number): string | undefined {
  let hash = end - start;
  let all = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0x80;
    hash = Math.imul(hash ^ byte, 0x0100_0193);
    all |= byte;
  }
  if (all >= 0x80) return undefined;
  const slot = (hash ^ (hash >>> 15)) & (slots - 1);
  const known = seen[slot];
  if (known !== undefined && isSpelt(known, bytes, start, end)) return known;
  const made = String.fromCharCode(...bytes.subarray(start, end));
  seen[slot] = made;
  return made;
}

function isSpelt(text: string, bytes: Bytes, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}

function list(input: Input, length: number, depth: number): readonly Cbor[] {
  atLeast(input, length);
  const items: Cbor[] = [];
  for (let i = 0; i < length; i++) items.push(read(input, depth));
  return items;
}

function map(input: Input, length: number, depth: number): { readonly [key: string]: Cbor } {
  atLeast(input, 2 * length);
  const entries: { [key: string]: Cbor } = {};
  for (let i = 0; i < length; i++) {
    const key = mapKey(input);
    if (Object.hasOwn(entries, key)) throw new CborFault('duplicate key');
    entries[key] = read(input, depth);
  }
  return entries;
}

function mapKey(input: Input): string {
  const head = next(input);
  if (head >> 5 !== 3) throw new CborFault('key is not text');
  const key = text(input, argument(input, head & 31));
  if (key === '__proto__') throw new CborFault('__proto__ as a key');
  return key;
}

function argument(input: Input, info: number): number {
  if (info < 24) return info;
  if (info > 27) throw new CborFault('indefinite or reserved length');
  let value = 0;
  for (let left = 1 << (info - 24); left > 0; left--) value = value * 256 + next(input);
  // Rounding past 2^53 can only land outside the safe range, never back inside it.
  if (!Number.isSafeInteger(value)) throw new CborFault('integer past 2^53');
  return value;
}

function next(input: Input): number {
  const byte = input.bytes[input.at];
  if (byte === undefined) throw new CborFault('truncated');
  input.at++;
  return byte;
}

function skip(input: Input, length: number): number {
  atLeast(input, length);
  const start = input.at;
  input.at += length;
  return start;
}

/** A claimed length is checked before anything of that size is made. */
function atLeast(input: Input, length: number): void {
  if (length > input.bytes.length - input.at) throw new CborFault('truncated');
}
