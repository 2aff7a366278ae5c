/** What canonical CBOR can hold. */
import type { Bytes } from './bytes.ts';

/** Integers within ±(2^53 − 1), NFC text, byte strings, lists, and maps with text keys. */
export type Cbor =
  | number
  | string
  | boolean
  | null
  | Bytes
  | readonly Cbor[]
  | { readonly [key: string]: Cbor };

/** Lists and maps inside each other, when written and when read. */
export const maxCborDepth = 64;

/** One value that is encoded already, and is written as it is: for the large parts of a state that have not changed since. */
export class EncodedCbor {
  readonly bytes: Bytes;
  constructor(bytes: Bytes) {
    this.bytes = bytes;
  }
}

/** A map whose keys are known beforehand; `rowOf` makes it. */
export class CborRow {
  /** Encoded, in canonical order. */
  readonly keys: readonly Bytes[];
  readonly values: readonly Writable[];
  constructor(keys: readonly Bytes[], values: readonly Writable[]) {
    this.keys = keys;
    this.values = values;
  }
}

/** What can be written: a value, with parts of it encoded before. */
export type Writable =
  | number
  | string
  | boolean
  | null
  | Bytes
  | EncodedCbor
  | CborRow
  | readonly Writable[]
  | { readonly [key: string]: Writable };
