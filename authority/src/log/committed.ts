/** A commit with its signatures: what the store is given, and what is published once it is durable. */
import {
  type Bytes,
  encodeFrontier,
  formatCheckpoint,
  formatNote,
  frontierRoot,
  keyIdOf,
  utf8ToBytes,
} from '@fairground/ledger';
import type { SyncSigner } from '../ports.ts';
import type { WorldAppend } from '../store/ports.ts';
import { type Cut, type PendingWorld, cutBatch } from './pending.ts';

export interface Committed {
  readonly append: WorldAppend;
  readonly origin: string;
  /** Of the tree with all these entries. */
  readonly root: Bytes;
}

/** Ends the open batches and signs each batch's checkpoint. */
export function sealCommit(signer: SyncSigner, worlds: readonly PendingWorld[]): readonly Committed[] {
  return worlds.map((world) => sealWorld(signer, world));
}

function sealWorld(signer: SyncSigner, pending: PendingWorld): Committed {
  cutBatch(pending);
  const batches = pending.cuts.map((cut) => ({
    first: cut.first,
    end: cut.end,
    checkpoint: checkpointNote(signer, pending.origin, cut),
  }));
  const checkpoint = batches.at(-1)?.checkpoint;
  if (!checkpoint) throw new Error('sealWorld: a world without entries is in a commit');
  const { world, expectedSize, entries, intents, sealed, opened, tiles, snapshots, segments, closed, room } =
    pending;
  const append: WorldAppend = {
    world,
    expectedSize,
    entries,
    intents,
    sealed,
    opened,
    tiles,
    snapshots,
    segments,
    closed,
    batches,
    frontier: encodeFrontier(pending.frontier),
    checkpoint,
    ...(room ? { room } : {}),
  };
  return { append, origin: pending.origin, root: frontierRoot(pending.frontier) };
}

/** As the ledger's `signCheckpoint`, without a promise. */
function checkpointNote(signer: SyncSigner, origin: string, { end, root }: Cut): Bytes {
  const text = formatCheckpoint({ origin, size: end, root });
  const signature = signer.signSync(utf8ToBytes(text));
  const line = { name: origin, keyId: keyIdOf(origin, 1, signer.key), signature };
  return utf8ToBytes(formatNote({ text, signatures: [line] }));
}
