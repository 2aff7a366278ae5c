/** Receipts for what stands in the log, the same bytes however often they are asked for. */
import {
  type Bytes,
  type Cbor,
  decodeEntry,
  leafHash,
  logVkey,
  makeReceipt,
  signedBytes,
} from '@fairground/ledger';
import { type IntentReplyBody, toProblem } from '@fairground/protocol';
import type { SyncSigner } from '../ports.ts';

export interface Receipted {
  readonly world: Bytes;
  readonly origin: string;
  readonly intentHash: Bytes;
  readonly index: number;
  readonly entryBytes: Bytes;
}

/** To be given only after the entry is durable, locked and published. Throws if the entry is no intent. */
export function receiptReply(signer: SyncSigner, receipted: Receipted): Cbor {
  const { world, origin, intentHash, index, entryBytes } = receipted;
  const entry = decodeEntry(entryBytes);
  if (!entry.ok || entry.value.kind !== 'intent') throw new Error(`entry ${index} is no intent`);
  const { at, refused } = entry.value;
  const { keyId } = logVkey(origin, signer.key);
  const bytes = makeReceipt({ world, origin, keyId, intentHash, leafHash: leafHash(entryBytes), index, at });
  const sig = signer.signSync(signedBytes('receipt', bytes));
  const body: IntentReplyBody = {
    receipt: [bytes, sig],
    refused: refused === undefined ? null : { code: refused, detail: toProblem(refused).detail },
  };
  return body;
}
