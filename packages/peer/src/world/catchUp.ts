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

/** The newest checkpoint that is served, and the size that it names; nothing is verified. */
export interface ServedHead {
  readonly checkpoint: Bytes;
  readonly size: number;
}

export const BUNDLE = 256;

type Unserved = 'log_unreachable' | 'log_malformed';

export async function readHead(read: ReadLog): Promise<Result<ServedHead, Unserved>> {
  const checkpoint = await read('checkpoint');
  if (!checkpoint) return err('log_unreachable');
  const note = parseNote(checkpoint);
  const parsed = note.ok ? parseCheckpoint(note.value.text) : note;
  return parsed.ok ? ok({ checkpoint, size: parsed.value.size }) : err('log_malformed');
}

/** All entries from `from` up to that head, as one batch; `log_current` if there are none, `log_behind` if it is not even that long. */
export async function catchUp(
  read: ReadLog,
  from: number,
  { checkpoint, size }: ServedHead,
): Promise<Result<Batch, 'log_current' | 'log_behind' | Unserved>> {
  if (size < from) return err('log_behind');
  if (size === from) return err('log_current');
  const entries = await readEntries(read, { from, to: size, size });
  return entries.ok ? ok({ first: from, entries: entries.value, checkpoint }) : entries;
}

/** The entries [from, to) of a log of at least `size` entries. */
export async function readEntries(
  read: ReadLog,
  { from, to, size }: { readonly from: number; readonly to: number; readonly size: number },
): Promise<Result<readonly Bytes[], Unserved>> {
  const entries: Bytes[] = [];
  for (let n = Math.floor(from / BUNDLE); n * BUNDLE < to; n++) {
    const bundle = await readBundle(read, n, size);
    if (!bundle.ok) return bundle;
    entries.push(...bundle.value.slice(Math.max(0, from - n * BUNDLE), to - n * BUNDLE));
  }
  return ok(entries);
}

/** The nth entry bundle, as wide as it is in a log of that size. */
export async function readBundle(
  read: ReadLog,
  n: number,
  size: number,
): Promise<Result<readonly Bytes[], Unserved>> {
  const width = Math.min(BUNDLE, size - n * BUNDLE);
  const bytes = await read(entryBundlePath(n, width));
  if (!bytes) return err('log_unreachable');
  const bundle = decodeEntryBundle(bytes);
  return bundle.ok && bundle.value.length === width ? bundle : err('log_malformed');
}
