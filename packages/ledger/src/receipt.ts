/** The authority's word, given only after durability, that an intent stands at an index; with a larger checkpoint it proves a drop. */
import type { Bytes } from './bytes.ts';
import { decodeCbor, encodeCbor } from './cbor.ts';
import type { Signer } from './ed25519.ts';
import type { Millis } from './entry.ts';
import { type Result, err, ok } from './result.ts';
import { bytesOf, isText, isUint, literal, shape } from './shape.ts';
import { type SignedPair, signPair } from './signedPair.ts';

export interface Receipt {
  readonly world: Bytes;
  readonly origin: string;
  /** The first four bytes that name the log's key in its notes. */
  readonly keyId: Bytes;
  readonly intentHash: Bytes;
  /** Of the entry that holds the intent. */
  readonly leafHash: Bytes;
  readonly index: number;
  readonly at: Millis;
}

const isReceipt = shape<Receipt & { readonly v: 1 }>({
  v: literal(1),
  world: bytesOf(32),
  origin: isText,
  keyId: bytesOf(4),
  intentHash: bytesOf(32),
  leafHash: bytesOf(32),
  index: isUint,
  at: isUint,
});

export function makeReceipt(receipt: Receipt): Uint8Array<ArrayBuffer> {
  const { world, origin, keyId, intentHash, leafHash, index, at } = receipt;
  return encodeCbor({ v: 1, world, origin, keyId, intentHash, leafHash, index, at });
}

export function parseReceipt(bytes: Bytes): Result<Receipt, 'receipt_malformed'> {
  const decoded = decodeCbor(bytes);
  const receipt: unknown = decoded.ok ? decoded.value : undefined;
  return isReceipt(receipt) ? ok(receipt) : err('receipt_malformed');
}

export function signReceipt(signer: Signer, receipt: Receipt): Promise<SignedPair> {
  return signPair('receipt', signer, makeReceipt(receipt));
}
