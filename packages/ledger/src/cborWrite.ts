/** The encoder behind `encodeCbor`: one growing buffer, shortest heads, keys sorted by their encoded bytes. */
import { type Bytes, compareBytes, copyBytes, isBytes } from './bytes.ts';
import { type Cbor, CborRow, EncodedCbor, maxCborDepth, type Writable } from './cborValue.ts';
import { isWellFormed, utf8ToBytes } from './utf8.ts';

interface Output {
  bytes: Uint8Array;
  length: number;
}

const two32 = 0x1_0000_0000;

/** Maps have the same few keys over and over: each is encoded once, up to this many (keys may be a stranger's). */
const knownKeys = new Map<string, Bytes>();
const maxKnownKeys = 1024;
const longestKnownKey = 64;

// One buffer for all calls: encoding is synchronous and copies out. It is taken away while in use, so a getter that encodes gets its own.
let spare: Uint8Array | undefined = new Uint8Array(4096);
const maxSpare = 8 * 1024 * 1024; // a large state is encoded again and again

export function writeCbor(value: Writable): Uint8Array<ArrayBuffer> {
  return withOutput(value, ({ bytes, length }) => copyBytes(bytes, 0, length));
}

/** The same bytes without the copy, for as long as `use` runs. */
export function withCborOf<T>(value: Writable, use: (bytes: Bytes) => T): T {
  return withOutput(value, ({ bytes, length }) => use(bytes.subarray(0, length)));
}

/** For maps that are written by the thousand: takes their keys once, in canonical order, and then just their values, in that order. */
export function rowOf(...names: readonly string[]): (...values: readonly Writable[]) => CborRow {
  if (!areSorted(names)) throw new RangeError('rowOf: keys out of order');
  const keys = names.map(encodedKey);
  return (...values) => new CborRow(keys, values);
}

/** Whether these bytes are the value's encoding; throws as `writeCbor` does. */
export function isCborOf(value: Cbor, expected: Bytes): boolean {
  return withOutput(value, ({ bytes, length }) => beginsWith(bytes, length, expected));
}

function withOutput<T>(value: Writable, use: (out: Output) => T): T {
  const out: Output = { bytes: spare ?? new Uint8Array(4096), length: 0 };
  spare = undefined;
  try {
    write(out, value, 0);
    return use(out);
  } finally {
    spare = out.bytes.length <= maxSpare ? out.bytes : new Uint8Array(4096);
  }
}

function beginsWith(bytes: Bytes, length: number, expected: Bytes): boolean {
  if (length !== expected.length) return false;
  for (let i = 0; i < length; i++) if (bytes[i] !== expected[i]) return false;
  return true;
}

function write(out: Output, value: unknown, depth: number): void {
  if (typeof value === 'number') return writeInteger(out, value);
  if (typeof value === 'string') return writeText(out, value);
  if (value === false) return put(out, 0xf4);
  if (value === true) return put(out, 0xf5);
  if (value === null) return put(out, 0xf6);
  if (value instanceof Uint8Array) return writeBytes(out, 2, value);
  if (value instanceof EncodedCbor) return putAll(out, value.bytes);
  if (typeof value !== 'object') throw new TypeError(`encodeCbor: ${typeof value} has no encoding`);
  if (depth >= maxCborDepth) throw new RangeError('encodeCbor: too deep');
  if (value instanceof CborRow) return writeRow(out, value, depth);
  if (Array.isArray(value)) return writeList(out, value, depth);
  if (isBytes(value)) return writeBytes(out, 2, value); // of another realm
  if (!isPlain(value)) throw new TypeError('encodeCbor: not a plain object');
  writeMap(out, value, depth);
}

function writeInteger(out: Output, value: number): void {
  if (!Number.isSafeInteger(value)) throw new RangeError(`encodeCbor: ${value} is not a safe integer`);
  if (value >= 0) writeHead(out, 0, value);
  else writeHead(out, 1, -1 - value);
}

function writeText(out: Output, text: string): void {
  const start = out.length;
  writeHead(out, 3, text.length);
  reserve(out, text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) {
      out.length = start; // not ASCII after all: again, with its true length
      return writeUnicode(out, text);
    }
    out.bytes[out.length++] = unit;
  }
}

function writeUnicode(out: Output, text: string): void {
  if (!isWellFormed(text)) throw new RangeError('encodeCbor: lone surrogate');
  if (text.normalize('NFC') !== text) throw new RangeError('encodeCbor: text is not NFC');
  writeBytes(out, 3, utf8ToBytes(text));
}

function writeBytes(out: Output, major: number, bytes: Bytes): void {
  writeHead(out, major, bytes.length);
  putAll(out, bytes);
}

function writeList(out: Output, list: readonly unknown[], depth: number): void {
  writeHead(out, 4, list.length);
  for (let i = 0; i < list.length; i++) write(out, list[i], depth + 1);
}

function writeMap(out: Output, map: Readonly<Record<string, unknown>>, depth: number): void {
  const names = Object.keys(map);
  if (!areSorted(names)) names.sort((a, b) => compareKeys(encodedKey(a), encodedKey(b)));
  writeHead(out, 5, names.length);
  for (const name of names) {
    if (name === '__proto__') throw new RangeError('encodeCbor: __proto__ is no key');
    putAll(out, encodedKey(name));
    write(out, map[name], depth + 1);
  }
}

function writeRow(out: Output, { keys, values }: CborRow, depth: number): void {
  writeHead(out, 5, keys.length);
  for (let i = 0; i < keys.length; i++) {
    putAll(out, keys[i] ?? noKey);
    write(out, values[i], depth + 1);
  }
}

const noKey: Bytes = new Uint8Array(0);

function encodedKey(name: string): Bytes {
  const known = knownKeys.get(name);
  if (known) return known;
  const out: Output = { bytes: new Uint8Array(name.length + 9), length: 0 };
  writeText(out, name);
  const key = out.bytes.slice(0, out.length);
  if (knownKeys.size < maxKnownKeys && name.length <= longestKnownKey) knownKeys.set(name, key);
  return key;
}

/** Decoded maps come in order, so that sorting is the exception. */
function areSorted(names: readonly string[]): boolean {
  let before: Bytes | undefined;
  for (const name of names) {
    const key = encodedKey(name);
    if (before && compareKeys(before, key) > 0) return false;
    before = key;
  }
  return true;
}

/** By encoded bytes (RFC 8949 §4.2.1); a head sorts by length, so shorter comes first. */
function compareKeys(a: Bytes, b: Bytes): number {
  return a.length - b.length || compareBytes(a, b);
}

function writeHead(out: Output, major: number, count: number): void {
  reserve(out, 9);
  const { bytes } = out;
  const type = major << 5;
  if (count < 24) bytes[out.length++] = type | count;
  else if (count < 0x100) {
    bytes[out.length++] = type | 24;
    bytes[out.length++] = count;
  } else if (count < 0x1_0000) {
    bytes[out.length++] = type | 25;
    bytes[out.length++] = count >> 8;
    bytes[out.length++] = count;
  } else if (count < two32) {
    bytes[out.length++] = type | 26;
    writeU32(out, count);
  } else {
    bytes[out.length++] = type | 27;
    writeU32(out, Math.floor(count / two32));
    writeU32(out, count % two32);
  }
}

function writeU32(out: Output, value: number): void {
  out.bytes[out.length++] = value >>> 24;
  out.bytes[out.length++] = value >>> 16;
  out.bytes[out.length++] = value >>> 8;
  out.bytes[out.length++] = value;
}

function put(out: Output, byte: number): void {
  reserve(out, 1);
  out.bytes[out.length++] = byte;
}

function putAll(out: Output, bytes: Bytes): void {
  const { length } = bytes;
  reserve(out, length);
  if (length > 24) out.bytes.set(bytes, out.length);
  else for (let i = 0; i < length; i++) out.bytes[out.length + i] = bytes[i] ?? 0; // a call costs more than these
  out.length += length;
}

function reserve(out: Output, more: number): void {
  if (out.length + more <= out.bytes.length) return;
  const larger = new Uint8Array(Math.max(2 * out.bytes.length, out.length + more));
  larger.set(out.bytes.subarray(0, out.length));
  out.bytes = larger;
}

/** Plain in any realm: no prototype, or one that has none itself. */
function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}
