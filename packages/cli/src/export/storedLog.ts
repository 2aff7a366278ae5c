import type { Bytes } from '@fairground/ledger';

/** What a log is made of, wherever it lies; nothing in it is believed yet. */
export interface StoredLog {
  readonly entries: readonly Bytes[];
  readonly checkpoint: Bytes;
  /** What its entries name, as far as it is there. */
  readonly blobs: readonly Bytes[];
}
