/**
 * Deterministic CBOR, the dag-cbor subset (RFC 8949 §4.2.1 without floats and tags): what two honest writers encode, they encode to the
 * same bytes. Sign and hash the stored bytes, never a re-serialised value.
 */
import type { Bytes } from './bytes.ts';
import { CborFault, readCbor } from './cborRead.ts';
import type { Cbor, Writable } from './cborValue.ts';
import { isCborOf, writeCbor } from './cborWrite.ts';
import { type Result, err, ok } from './result.ts';

export { type Cbor, type CborRow, EncodedCbor, type Writable } from './cborValue.ts';
export { rowOf } from './cborWrite.ts';

export type CborRefusal = 'cbor_malformed' | 'cbor_not_canonical';

/**
 * The one encoding of a value. Throws on what has none: fractions, unsafe integers, bigint, undefined, lone surrogates, text or keys that
 * are not NFC, a `__proto__` key, objects that are not plain, more than 64 levels.
 */
export function encodeCbor(value: Writable): Uint8Array<ArrayBuffer> {
  return writeCbor(value);
}

/**
 * Decodes, re-encodes and compares, so that a value has exactly one spelling. Refuses what is no CBOR or holds something outside `Cbor`
 * (`cbor_malformed`) and a second spelling: long integers, unsorted keys, text that is not NFC (`cbor_not_canonical`). Never throws.
 */
export function decodeCbor(bytes: Bytes): Result<Cbor, CborRefusal> {
  let value: Cbor;
  try {
    value = readCbor(bytes);
  } catch (fault) {
    if (fault instanceof CborFault) return err('cbor_malformed', fault.message);
    throw fault;
  }
  return isSpelling(bytes, value) ? ok(value) : err('cbor_not_canonical');
}

function isSpelling(bytes: Bytes, value: Cbor): boolean {
  try {
    return isCborOf(value, bytes);
  } catch {
    return false; // read, but not writable: text that is not NFC
  }
}
