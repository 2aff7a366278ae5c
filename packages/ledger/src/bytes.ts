/** Byte strings: joining, comparing, big-endian numbers. */

/**
 * Any byte string. It is the plain `Uint8Array` (over whatever buffer), because that is what Yjs, noble, fflate and `node:sqlite` hand
 * out; only WebCrypto, `fetch` and `Blob` insist on an unshared `ArrayBuffer`, and `ownBytes` narrows to that where it is needed.
 */
export type Bytes = Uint8Array;

/** True for a Uint8Array of any realm (a worker's, a test runner's). */
export function isBytes(value: unknown): value is Bytes {
  return value instanceof Uint8Array || Object.prototype.toString.call(value) === '[object Uint8Array]';
}

/** The same bytes for an API that refuses shared buffers; copies only if the buffer is shared. */
export function ownBytes(bytes: Bytes): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
}

/** A copy of [start, end) as a plain Uint8Array, also when given a Node Buffer (whose `slice` is a view that Yjs refuses). */
export function copyBytes(bytes: Bytes, start = 0, end = bytes.length): Uint8Array<ArrayBuffer> {
  if (bytes.constructor === Uint8Array) return bytes.slice(start, end);
  const copy = new Uint8Array(end - start);
  copy.set(bytes.subarray(start, end));
  return copy;
}

/** [start, end) as a plain Uint8Array over the same memory: for what is read at once or lives no shorter than the whole. */
export function viewBytes(bytes: Bytes, start: number, end: number): Bytes {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start);
}

export function concatBytes(...parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Not constant in time: for public values only. */
export function equalBytes(a: Bytes, b: Bytes): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Lexicographic, a prefix before what it begins; the order in which keys and names are sorted. */
export function compareBytes(a: Bytes, b: Bytes): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = byteAt(a, i) - byteAt(b, i);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Eight bytes, big-endian. Throws outside 0 … 2^64 − 1 and for unsafe numbers. */
export function u64be(value: number | bigint): Uint8Array<ArrayBuffer> {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new RangeError('u64be: not a safe integer');
  const big = BigInt(value);
  if (big < 0n || big > 0xffff_ffff_ffff_ffffn) throw new RangeError('u64be: out of range');
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, big);
  return bytes;
}

/** Eight bytes at `offset`, big-endian. Throws past the end. */
export function readU64be(bytes: Bytes, offset = 0): bigint {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(offset);
}

/** The byte at an index that the caller has checked; throws past the end. */
export function byteAt(bytes: Bytes, index: number): number {
  const byte = bytes[index];
  if (byte === undefined) throw new RangeError('byteAt: past the end');
  return byte;
}
