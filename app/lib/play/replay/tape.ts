/** A verified log as a tape: it can be wound to any entry, shows the view there, and says where a score comes from. */
import {
  type AnyGame,
  bytesToHex,
  decodeEntry,
  hexToBytes,
  type LogEntry,
  openWorld,
  parseIntent,
  rulesInForce,
  step,
  type Viewer,
  type World,
} from '@fairground/ledger';
import type { TriviaView } from '#lib/play/trivia/view.ts';
import type { EntryNote, Moment, Scored } from './talk.ts';

export interface Tape {
  readonly openedAt: number;
  /** Entries at which a question (a lot) opens. */
  readonly marks: readonly number[];
  /** When each entry was written, ms since 1970. */
  readonly times: readonly number[];
  at(index: number): Moment;
  /** What each question that was resolved by the entry at `index` brought to a seat; of games with questions. */
  scores(who: string, index: number): readonly Scored[];
}

const AROUND = 3;

export function createTape(rules: AnyGame, entries: readonly Uint8Array<ArrayBuffer>[]): Tape {
  const notes = entries.map((bytes, index) => noteOf(index, bytes));
  const viewOf = (world: World<unknown>, viewer: Viewer): unknown =>
    rulesInForce(rules, world).view(world.state, viewer);
  const tape = createReel(rules, entries);

  return {
    openedAt: notes[0]?.at ?? 0,
    marks: notes.filter(({ kind }) => kind === 'key').map(({ index }) => index),
    times: notes.map(({ at }) => at),
    at(wanted) {
      const index = Math.max(0, Math.min(entries.length - 1, wanted));
      return {
        index,
        at: notes[index]?.at ?? 0,
        view: viewOf(tape.windTo(index), {}),
        around: notes.slice(Math.max(0, index - AROUND), index + AROUND + 1),
      };
    },
    scores(who, last) {
      if (rules.name !== 'trivia') return [];
      const key = hexToBytes(who);
      if (!key) return [];
      // A reel of its own: the one that is watched stays where it is.
      const reel = createReel(rules, entries);
      const scored = new Map<number, Scored>();
      for (const { index, kind } of notes.slice(0, last + 1)) {
        if (!RESOLVING.has(kind)) continue;
        const at = scoreAt(viewOf(reel.windTo(index), { key }) as TriviaView, index);
        if (at && !scored.has(at.question)) scored.set(at.question, at);
      }
      return [...scored.values()];
    },
  };
}

/** Entries after which a question may stand resolved. */
const RESOLVING: ReadonlySet<string> = new Set(['reveal', 'lot', 'time']);

function scoreAt({ phase, round }: TriviaView, shownAt: number): Scored | undefined {
  const mine = phase === 'revealed' ? round?.result?.mine : undefined;
  if (!round || !mine) return undefined;
  const { index: question, text, answers, myLock } = round;
  return { question, text, answers, shownAt, mine, ...(myLock ? { entry: myLock.index } : {}) };
}

interface Reel {
  /** The world after the entry at `index`. */
  windTo(index: number): World<unknown>;
}

function createReel(rules: AnyGame, entries: readonly Uint8Array<ArrayBuffer>[]): Reel {
  let world = open();

  function open(): World<unknown> {
    const first = entries[0];
    const opened = first && openWorld(rules, first);
    if (!opened?.ok) throw new Error('a verified log opens');
    return opened.value;
  }

  return {
    /** Winding back begins anew: rules only run forwards. */
    windTo(index) {
      if (world.size > index + 1) world = open();
      while (world.size <= index) {
        const bytes = entries[world.size];
        const stepped = bytes && step(rules, world, bytes, { trustIntentSignatures: true });
        if (!stepped?.ok) throw new Error('a verified log runs to its end');
      }
      return world;
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
