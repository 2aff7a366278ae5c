/** The entries of a log that was checked, and its rules. */
import {
  type Bytes,
  type BundleSource,
  decodeEntryBundle,
  bundlesForSize,
  openReplay,
  parseCheckpoint,
  parseNote,
  tilePath,
  type Replayed,
  unwrap,
  verify,
} from '@fairground/ledger';
import { type AnyRulesGame, games } from '@fairground/rules';
import { CommandFailure } from '../failure.ts';
import { exitCodeOf } from '../verify/describe.ts';
import { openSource } from '../verify/source.ts';

export interface LoadedLog {
  /** As it stands after the genesis. */
  readonly replay: Replayed<AnyRulesGame>;
  readonly entries: readonly Bytes[];
}

/** Throws a `CommandFailure` for a log that does not verify: what it tells would be a tale. */
export async function loadLog(place: string): Promise<LoadedLog> {
  const opened = await openSource(place);
  if (!opened.ok)
    throw new CommandFailure(`${place} is damaged (${opened.code}). Run: fairground verify ${place}`, 1);
  const report = await verify(opened.value, { games, level: 'quick' });
  if (report.failure) {
    const { message, code } = report.failure;
    throw new CommandFailure(
      `${place} does not verify, so it is not played: ${message} (${code}).`,
      exitCodeOf(report) === 2 ? 2 : 1,
    );
  }
  const entries = await readEntries(opened.value, await readMember(opened.value, 'checkpoint'));
  return { replay: unwrap(openReplay(games, entries[0] ?? new Uint8Array(0))), entries };
}

/** All that the checkpoint covers, unverified. */
export async function readEntries(source: BundleSource, checkpoint: Bytes): Promise<readonly Bytes[]> {
  const note = unwrap(parseNote(checkpoint));
  const { size } = unwrap(parseCheckpoint(note.text));
  const entries: Bytes[] = [];
  for (const { level, n, width } of bundlesForSize(size)) {
    entries.push(...unwrap(decodeEntryBundle(await readMember(source, tilePath(level, n, width)))));
  }
  return entries;
}

export async function readMember(source: BundleSource, path: string): Promise<Bytes> {
  const bytes = await source.read(path);
  if (!bytes) throw new CommandFailure(`The log has no ${path}.`);
  return bytes;
}
