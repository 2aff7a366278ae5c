/** What was signed and is in the store no longer: where it may still be found. */
import type { Bytes } from '@fairground/ledger';

/** Entries that follow each other, as they were published. */
export interface SuffixPart {
  readonly first: number;
  readonly entries: readonly Bytes[];
  /** Of the size at its end; absent where it is known no more, then a later part's holds for it. */
  readonly checkpoint?: Bytes;
}

/** A relay, a mirror, a peer. Nothing that it gives is believed. */
export interface SuffixSource {
  /** For people. */
  readonly name: string;
  /** Its parts are the batches that readers have, as they were published; where they are not, the tail becomes another document. */
  readonly keepsBatches: boolean;
  /** In order, from the entry `from` on; empty if it has nothing. Rejects if it does not answer. */
  suffix(world: Bytes, from: number): Promise<readonly SuffixPart[]>;
}
