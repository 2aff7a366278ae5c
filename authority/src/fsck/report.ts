/** What `fsck` says. */
import { type Bytes, bytesToBase32 } from '@fairground/ledger';

export type FaultCode =
  | 'store_damaged'
  | 'entry_missing'
  | 'genesis_other'
  | 'secret_other'
  | 'checkpoint_bad'
  | 'frontier_bad'
  | 'tile_bad'
  | 'batch_bad'
  | 'replay_failed'
  | 'snapshot_bad'
  | 'segment_bad'
  | 'index_bad'
  | 'closed_bad'
  | 'bytes_bad'
  | 'rules_unknown'
  | 'lock_damaged'
  | 'lock_ahead'
  | 'lock_differs';

export interface FsckFault {
  /** Base32; null where no single world is to blame. */
  readonly world: string | null;
  readonly code: FaultCode;
  /** Of an entry, where one is to blame. */
  readonly index: number | null;
  readonly message: string;
}

export interface FsckReport {
  readonly ok: boolean;
  readonly worlds: number;
  readonly entries: number;
  readonly faults: readonly FsckFault[];
  /** What is worth knowing and no fault: a lock that has to catch up. */
  readonly notes: readonly string[];
}

/** Collects faults of one world. */
export interface Finder {
  find(code: FaultCode, message: string, index?: number): void;
}

export function finderFor(faults: FsckFault[], world: Bytes | undefined): Finder {
  return {
    find: (code, message, index) =>
      void faults.push({ world: world ? bytesToBase32(world) : null, code, index: index ?? null, message }),
  };
}
