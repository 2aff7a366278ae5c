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
