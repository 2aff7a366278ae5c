/** Commitments of the authority to what it will reveal later (questions, answers, letters, roles). */
import type { Bytes } from './bytes.ts';
import { type Cbor, encodeCbor } from './cbor.ts';
import { sha256 } from './sha256.ts';

/** `what` names the kind (`ask`, `answer`, `lot`), `index` the one of it; `nonce` has 32 bytes and hides a guessable value. */
export interface Deal {
  readonly world: Bytes;
  readonly what: string;
  readonly index: number;
  readonly nonce: Bytes;
  readonly value: Cbor;
}

/** SHA-256(CBOR(["deal/v1", world, what, index, nonce, value])). Throws unless world and nonce have 32 bytes. */
export function dealCommit({ world, what, index, nonce, value }: Deal): Uint8Array<ArrayBuffer> {
  if (world.length !== 32 || nonce.length !== 32)
    throw new RangeError('dealCommit: world and nonce have 32 bytes');
  return sha256(encodeCbor(['deal/v1', world, what, index, nonce, value]));
}
