/** What lies in `doc.getArray('batches')` of a `tail:<world>` document. */
import { type Bytes, type Result, decodeCbor, encodeCbor, err, ok } from '@fairground/ledger';
import { z } from 'zod';
import { zBytes, zUint } from './schema.ts';

export const TAIL_ROOT = 'batches';

/** `entries[i]` is the leaf `first + i`; `checkpoint` is the signed note of size `first + entries.length`. */
export const TailBatch = z.strictObject({
  first: zUint,
  entries: z.array(zBytes()).min(1),
  checkpoint: zBytes(),
});
export type TailBatch = z.infer<typeof TailBatch>;

export function encodeTailBatch(batch: TailBatch): Bytes {
  return encodeCbor({ first: batch.first, entries: batch.entries, checkpoint: batch.checkpoint });
}

/** Form only; the checkpoint is the reader's to verify. */
export function decodeTailBatch(bytes: Bytes): Result<TailBatch, 'tail_malformed'> {
  const decoded = decodeCbor(bytes);
  if (!decoded.ok) return err('tail_malformed', decoded.code);
  const batch = TailBatch.safeParse(decoded.value);
  return batch.success ? ok(batch.data) : err('tail_malformed');
}
