/** A verified log as a tape: it can be wound to any entry and shows the view there. */
import {
  type AnyGame,
  bytesToHex,
  decodeEntry,
  type LogEntry,
  openWorld,
  parseIntent,
  step,
  type World,
} from '@fairground/ledger';
import type { Game } from '@fairground/rules';
import type { EntryNote, Moment } from './talk.ts';

export interface Tape {
  readonly openedAt: number;
  /** Entries at which a question (a lot) opens. */
  readonly marks: readonly number[];
  at(index: number): Moment;
}

const AROUND = 3;

export function createTape(rules: AnyGame, entries: readonly Uint8Array<ArrayBuffer>[]): Tape {
  const notes = entries.map((bytes, index) => noteOf(index, bytes));
  let world = open();

  function open(): World<unknown> {
    const first = entries[0];
    const opened = first && openWorld(rules, first);
    if (!opened?.ok) throw new Error('a verified log opens');
    return opened.value;
  }

  /** Winding back begins anew: rules only run forwards. */
  function windTo(index: number): void {
    if (world.size > index + 1) world = open();
    while (world.size <= index) {
      const bytes = entries[world.size];
      const stepped = bytes && step(rules, world, bytes, { trustIntentSignatures: true });
      if (!stepped?.ok) throw new Error('a verified log runs to its end');
    }
  }

  return {
    openedAt: notes[0]?.at ?? 0,
    marks: notes.filter(({ kind }) => kind === 'key').map(({ index }) => index),
    at(wanted) {
      const index = Math.max(0, Math.min(entries.length - 1, wanted));
      windTo(index);
      // Every built-in game is whole: replayable, and with a view.
      const view = (rules as Game<unknown, unknown, { kind: string }>).view(world.state, {});
      return {
        index,
        at: notes[index]?.at ?? 0,
        view,
        around: notes.slice(Math.max(0, index - AROUND), index + AROUND + 1),
      };
    },
  };
}

function noteOf(index: number, bytes: Uint8Array<ArrayBuffer>): EntryNote {
  const decoded = decodeEntry(bytes);
  return decoded.ok
    ? { index, at: decoded.value.at, kind: decoded.value.kind, ...detailsOf(decoded.value) }
    : { index, at: 0, kind: 'unknown' };
}

function detailsOf(entry: LogEntry): Partial<EntryNote> {
  switch (entry.kind) {
    case 'intent': {
      const intent = parseIntent(entry.bytes);
      if (!intent.ok) return {};
      const { kind, key } = intent.value;
      return {
        intent: kind,
        who: bytesToHex(key),
        ...(entry.refused === undefined ? {} : { refused: entry.refused }),
      };
    }
    case 'reveal':
      return { what: entry.what, number: entry.index };
    case 'commit':
      return { what: entry.what, number: entry.commits.length };
    case 'key':
    case 'lot':
      return { number: entry.lot };
    default:
      return {};
  }
}
