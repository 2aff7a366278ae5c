/** The encoder behind `encodeCbor`: one growing buffer, shortest heads, keys sorted by their encoded bytes. */
import { type Bytes, compareBytes, copyBytes, isBytes } from './bytes.ts';
import { type Cbor, maxCborDepth } from './cborValue.ts';
import { isWellFormed, utf8ToBytes } from './utf8.ts';

interface Output {
  bytes: Uint8Array;
  length: number;
}

const ascii = /^[^\x80-\uffff]*$/;
const two32 = 0x1_0000_0000;

// One buffer for all calls: encoding is synchronous and copies out. It is taken away while in use, so a getter that encodes gets its own.
let spare: Uint8Array | undefined = new Uint8Array(4096);

export function writeCbor(value: Cbor): Uint8Array<ArrayBuffer> {
  return withOutput(value, ({ bytes, length }) => copyBytes(bytes, 0, length));
}

/** Whether these bytes are the value's encoding; throws as `writeCbor` does. */
export function isCborOf(value: Cbor, expected: Bytes): boolean {
  return withOutput(value, ({ bytes, length }) => beginsWith(bytes, length, expected));
}

function withOutput<T>(value: Cbor, use: (out: Output) => T): T {
  const out: Output = { bytes: spare ?? new Uint8Array(4096), length: 0 };
  spare = undefined;
  try {
    write(out, value, 0);
    return use(out);
  } finally {
    spare = out.bytes.length <= 65_536 ? out.bytes : new Uint8Array(4096);
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
  if (isBytes(value)) return writeBytes(out, 2, value);
  if (typeof value !== 'object') throw new TypeError(`encodeCbor: ${typeof value} has no encoding`);
  if (depth >= maxCborDepth) throw new RangeError('encodeCbor: too deep');
  if (Array.isArray(value)) return writeList(out, value, depth);
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
  reserve(out, bytes.length);
  out.bytes.set(bytes, out.length);
  out.length += bytes.length;
}

function writeList(out: Output, list: readonly unknown[], depth: number): void {
  writeHead(out, 4, list.length);
  for (let i = 0; i < list.length; i++) write(out, list[i], depth + 1);
}

function writeMap(out: Output, map: Readonly<Record<string, unknown>>, depth: number): void {
  const keys = Object.keys(map);
  if (!areSorted(keys)) keys.sort(compareKeys);
  writeHead(out, 5, keys.length);
  for (const key of keys) {
    if (key === '__proto__') throw new RangeError('encodeCbor: __proto__ is no key');
    writeText(out, key);
    write(out, map[key], depth + 1);
  }
}

/** Decoded maps come in order, so that sorting is the exception. */
function areSorted(keys: readonly string[]): boolean {
  for (let i = 1; i < keys.length; i++) if (compareKeys(keys[i - 1] ?? '', keys[i] ?? '') > 0) return false;
  return true;
}

/** By encoded bytes (RFC 8949 §4.2.1): a head sorts by length, so shorter comes first, then bytewise. */
function compareKeys(a: string, b: string): number {
  const isAscii = ascii.test(a) && ascii.test(b);
  return isAscii ? a.length - b.length || (a < b ? -1 : 1) : compareUnicodeKeys(a, b);
}

function compareUnicodeKeys(a: string, b: string): number {
  const left = utf8ToBytes(a);
  const right = utf8ToBytes(b);
  return left.length - right.length || compareBytes(left, right);
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
