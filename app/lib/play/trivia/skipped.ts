/** What the host took out last, read from the entries: the rules' view says what is asked next, not what is asked no more. */
import { type Bytes, bytesToHex, decodeEntry, type LogEntry, parseIntent } from '@fairground/ledger';
import type { SkippedQuestion } from './screen.ts';
import type { Standing } from './view.ts';

export interface Skipped {
  /** Hex of the host's key. */
  readonly by: string;
  /** By the authority's clock. */
  readonly at: number;
}

type Entries = readonly Bytes[];

/** Of a log that grows: each entry is looked at once. Nothing once an answer was shown since. */
export function createSkipReader(): (entries: Entries) => Skipped | undefined {
  let size = 0;
  let newest: Skipped | undefined;
  return (entries) => {
    if (entries.length < size) [size, newest] = [0, undefined];
    const found = newestIn(entries, size);
    size = entries.length;
    if (found !== 'nothing') newest = found;
    return newest;
  };
}

export function nameSkipped(
  skipped: Skipped | undefined,
  standings: readonly Standing[],
): SkippedQuestion | undefined {
  if (!skipped) return undefined;
  return { at: skipped.at, name: standings.find(({ id }) => id === skipped.by)?.name };
}

/** Backwards, as the end alone decides; `undefined`: an answer was shown after any skip. */
function newestIn(entries: Entries, from: number): Skipped | undefined | 'nothing' {
  for (let index = entries.length - 1; index >= from; index--) {
    const bytes = entries[index];
    const decoded = bytes && decodeEntry(bytes);
    if (!decoded?.ok) continue;
    if (decoded.value.kind === 'reveal' && decoded.value.what === 'answer') return undefined;
    const skipped = skipIn(decoded.value);
    if (skipped) return skipped;
  }
  return 'nothing';
}

function skipIn(entry: LogEntry): Skipped | undefined {
  if (entry.kind !== 'intent' || entry.refused !== undefined) return undefined;
  const intent = parseIntent(entry.bytes);
  if (!intent.ok || intent.value.kind !== 'skip') return undefined;
  return { by: bytesToHex(intent.value.key), at: entry.at };
}
