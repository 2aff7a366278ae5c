/** Brings a world's lost end back from a source: signed by this key, the same tree as was signed, run through the rules again. */
import { type Bytes, type Result, decodeEntry, equalBytes, err, frontierRoot, ok } from '@fairground/ledger';
import { ownCheckpoint } from '../log/checkpointOf.ts';
import { sealCommit } from '../log/committed.ts';
import { type PendingWorld, cutBatch, emptyPending } from '../log/pending.ts';
import type { Lock, LogStore, RoomRow, WorldRow } from '../store/ports.ts';
import { type AppendDeps, appendAgain } from './append.ts';
import type { LiveWorld, Lost } from './live.ts';
import { type LoadDeps, loadWorld } from './load.ts';
import type { SuffixPart, SuffixSource } from './suffix.ts';

export interface RecoverDeps extends LoadDeps {
  readonly store: LogStore;
  readonly lock: Lock;
}

/**
 * `suffix_missing`: the source has it not, or not all of it. `suffix_foreign`: what it has is not what was signed. `unreadable`: the
 * store's own part does not replay.
 */
export type RecoverRefusal = 'suffix_missing' | 'suffix_foreign' | 'unreadable';

export interface Recovered {
  readonly size: number;
  /** False where the division into batches was lost: the tail is then another document. */
  readonly isTailSame: boolean;
}

/** Appends what the store lacks up to what was signed, or nothing. Signs nothing. Rejects when store, lock or source fail. */
export async function recoverWorld(
  deps: RecoverDeps,
  source: SuffixSource,
  { row, room, lost }: { readonly row: WorldRow; readonly room: RoomRow; readonly lost: Lost },
): Promise<Result<Recovered, RecoverRefusal>> {
  const loaded = await loadWorld(deps, row, room);
  if (!loaded.ok) return err('unreadable', loaded.message ?? loaded.code);
  const parts = await source.suffix(row.world, row.size);
  const live = loaded.value;
  const replayed = replayParts(live, parts, lost);
  if (!replayed.ok) return replayed;
  const { append, root } = sealCommit(replayed.value);
  await deps.store.append({ worlds: [append], notes: [] });
  const size = live.replay.size;
  await deps.lock.write([{ world: row.world, size, root }]);
  return ok({ size, isTailSame: source.keepsBatches && parts.every(({ checkpoint }) => checkpoint) });
}

/** Up to the last part whose checkpoint is its key's; that must be at least as far as what was signed. */
function replayParts(
  live: LiveWorld,
  parts: readonly SuffixPart[],
  lost: Lost,
): Result<PendingWorld, RecoverRefusal> {
  const collecting = emptyPending();
  let fault = '';
  const deps: AppendDeps = {
    committer: { collecting, schedule: () => {}, isStuck: false },
    halt: (_live, code, message) => void (fault = `${code} ${message}`),
  };
  let isMet = false;
  for (const part of parts) {
    if (part.first !== live.replay.size) return err('suffix_missing', `entry ${live.replay.size}`);
    for (const bytes of part.entries) {
      if (!decodeEntry(bytes).ok || !appendAgain(deps, live, bytes))
        return err('suffix_foreign', `entry ${live.replay.size} ${fault}`);
      if (live.replay.size !== lost.size) continue;
      if (lost.root && !equalBytes(frontierRoot(live.tree.frontier), lost.root))
        return err('suffix_foreign', `another tree at size ${lost.size}`);
      isMet = true;
    }
    if (!part.checkpoint) continue;
    if (!isOwnHead(live, part.checkpoint))
      return err('suffix_foreign', `the checkpoint of size ${live.replay.size}`);
    const pending = collecting.worlds.get(live.id);
    if (pending) cutBatch(pending);
  }
  const pending = collecting.worlds.get(live.id);
  const isSigned = parts.at(-1)?.checkpoint !== undefined;
  if (!pending || !isMet || !isSigned)
    return err('suffix_missing', `it has ${live.replay.size} of ${lost.size} entries`);
  return ok(pending);
}

/** By the key that the log names there. */
function isOwnHead(live: LiveWorld, note: Bytes): boolean {
  const checkpoint = ownCheckpoint(note, [live.replay.authorityKey]);
  return (
    checkpoint.ok &&
    checkpoint.value.origin === live.replay.origin &&
    checkpoint.value.size === live.replay.size &&
    equalBytes(checkpoint.value.root, frontierRoot(live.tree.frontier))
  );
}
