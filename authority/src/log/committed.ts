/** A commit before and after it is signed: what the store is given, and what is published once it is durable and locked. */
import {
  type Bytes,
  encodeFrontier,
  formatCheckpoint,
  formatNote,
  frontierRoot,
  keyIdOf,
  utf8ToBytes,
} from '@fairground/ledger';
import { signerOf } from '../keys/keyRing.ts';
import type { AuthorityKeys, SyncSigner } from '../ports.ts';
import type { BatchRow, NoteRow, WorldAppend } from '../store/ports.ts';
import { type Cut, type PendingWorld, cutBatch } from './pending.ts';

/** Whole, and not signed yet: nobody may sign what can still be thrown away. */
export interface Unsigned {
  readonly append: WorldAppend;
  readonly origin: string;
  /** Of the tree with all these entries. */
  readonly root: Bytes;
  readonly cuts: readonly Cut[];
}

export interface Committed extends Unsigned {
  /** With their checkpoints. */
  readonly batches: readonly BatchRow[];
  /** The newest one. */
  readonly checkpoint: Bytes;
}

/** Ends the open batch. */
export function sealCommit(pending: PendingWorld): Unsigned {
  cutBatch(pending);
  const { world, expectedSize, entries, intents, sealed, opened, tiles, closed, room } = pending;
  const { snapshots, stale, segments } = pending;
  const append: WorldAppend = {
    world,
    expectedSize,
    entries,
    intents,
    sealed,
    opened,
    tiles,
    snapshots,
    stale,
    segments,
    closed,
    batches: pending.cuts.map(({ first, end }) => ({ first, end })),
    frontier: encodeFrontier(pending.frontier),
    ...(room ? { room } : {}),
  };
  return { append, origin: pending.origin, root: frontierRoot(pending.frontier), cuts: pending.cuts };
}

/** Signs each batch's checkpoint, with the key that the log names there. To be called when the commit is durable and the lock remembers its size and root. */
export function signCommit(keys: AuthorityKeys, unsigned: Unsigned): Committed {
  const batches = unsigned.cuts.map(({ first, end, root, key }) => ({
    first,
    end,
    checkpoint: signCheckpoint(signerOf(keys, key), { origin: unsigned.origin, size: end, root }),
  }));
  const checkpoint = batches.at(-1)?.checkpoint;
  if (!checkpoint) throw new Error('signCommit: a world without entries is in a commit');
  return { ...unsigned, batches, checkpoint };
}

export function notesOf({ append: { world }, batches }: Committed): readonly NoteRow[] {
  return batches.map(({ first, checkpoint }) => ({ world, first, checkpoint }));
}

/** As the ledger's `signCheckpoint`, without a promise. Ed25519 is deterministic (RFC 8032): signed again, it is the same note. */
export function signCheckpoint(
  signer: SyncSigner,
  { origin, size, root }: { readonly origin: string; readonly size: number; readonly root: Bytes },
): Bytes {
  const text = formatCheckpoint({ origin, size, root });
  const signature = signer.signSync(utf8ToBytes(text));
  const line = { name: origin, keyId: keyIdOf(origin, 1, signer.key), signature };
  return utf8ToBytes(formatNote({ text, signatures: [line] }));
}
