/** The live tail: batches of entries in an authority's Yjs document, read as an untrusted transport. */
import { type Bytes, decodeCbor, err, ok, type Result } from '@fairground/ledger';
import type * as Y from 'yjs';

export interface Batch {
  /** Index of the first entry. */
  readonly first: number;
  readonly entries: readonly Bytes[];
  /** The signed note over the tree after the last entry. */
  readonly checkpoint: Bytes;
}

export function parseBatch(bytes: unknown): Result<Batch, 'batch_malformed'> {
  if (!(bytes instanceof Uint8Array)) return err('batch_malformed');
  const decoded = decodeCbor(new Uint8Array(bytes));
  if (!decoded.ok) return err('batch_malformed');
  const value = decoded.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array)
    return err('batch_malformed');
  const { first, entries, checkpoint } = value as { readonly [key: string]: unknown };
  if (
    typeof first !== 'number' ||
    first < 0 ||
    !Array.isArray(entries) ||
    !(checkpoint instanceof Uint8Array)
  )
    return err('batch_malformed');
  if (entries.length === 0 || !entries.every((entry) => entry instanceof Uint8Array))
    return err('batch_malformed');
  return ok({ first, entries: entries as Bytes[], checkpoint: new Uint8Array(checkpoint) });
}

/** All batches that the document holds now, oldest first, without those that end at or before `size`. */
export function batchesFrom(doc: Y.Doc, size: number): Result<readonly Batch[], 'batch_malformed'> {
  const batches: Batch[] = [];
  const all = doc.getArray<Uint8Array>('batches');
  // From the end, and not all of them: nearly always it is the last one alone that is new.
  for (let i = all.length - 1; i >= 0; i--) {
    const batch = parseBatch(all.get(i));
    if (!batch.ok) return batch;
    if (batch.value.first + batch.value.entries.length <= size) break;
    batches.unshift(batch.value);
  }
  return ok(batches);
}

/** Consecutive batches as one, under the last checkpoint: it covers them all. */
export function joined(batches: readonly Batch[]): Batch | undefined {
  const [first] = batches;
  const last = batches.at(-1);
  if (!first || !last) return undefined;
  return {
    first: first.first,
    entries: batches.flatMap((batch) => batch.entries),
    checkpoint: last.checkpoint,
  };
}

/** The checkpoint at the end of what the document holds now; undefined where there is none that can be read. */
export function newestNote(doc: Y.Doc): Bytes | undefined {
  const all = doc.getArray<Uint8Array>('batches');
  const last = all.length > 0 ? parseBatch(all.get(all.length - 1)) : undefined;
  return last?.ok ? last.value.checkpoint : undefined;
}
