/** Entries that the live tail no longer holds, read from the log's static tiles (C2SP tlog-tiles). */
import {
  type Bytes,
  decodeEntryBundle,
  entryBundlePath,
  err,
  ok,
  parseCheckpoint,
  parseNote,
  type Result,
} from '@fairground/ledger';
import type { Batch } from './tail.ts';

/** Reads one path of a world's log; undefined where there is none. */
export type ReadLog = (path: string) => Promise<Bytes | undefined>;

const BUNDLE = 256;

/** All entries from `from` up to the log's newest checkpoint, as one batch; `log_current` if there are none, `log_behind` if it is not even that long. */
export async function catchUp(
  read: ReadLog,
  from: number,
): Promise<Result<Batch, 'log_current' | 'log_behind' | 'log_unreachable' | 'log_malformed'>> {
  const checkpoint = await read('checkpoint');
  if (!checkpoint) return err('log_unreachable');
  const note = parseNote(checkpoint);
  const parsed = note.ok ? parseCheckpoint(note.value.text) : note;
  if (!parsed.ok) return err('log_malformed');
  const { size } = parsed.value;
  if (size < from) return err('log_behind');
  if (size === from) return err('log_current');
  const entries: Bytes[] = [];
  for (let n = Math.floor(from / BUNDLE); n * BUNDLE < size; n++) {
    const width = Math.min(BUNDLE, size - n * BUNDLE);
    const bytes = await read(entryBundlePath(n, width));
    if (!bytes) return err('log_unreachable');
    const bundle = decodeEntryBundle(bytes);
    if (!bundle.ok || bundle.value.length !== width) return err('log_malformed');
    entries.push(...bundle.value.slice(Math.max(0, from - n * BUNDLE)));
  }
  return ok({ first: from, entries, checkpoint });
}
