/** An entry of the ledger as a line that people read. */
import type { LogEntry } from '@fairground/ledger';
import { m } from '#lib/paraglide/messages.js';
import { refusalWords } from '../refusals.ts';
import type { EntryNote } from './talk.ts';

const INTENTS: Readonly<Record<string, () => string>> = {
  join: m.log_join,
  leave: m.log_leave,
  ready: m.log_ready,
  configure: m.log_configure,
  start: m.log_start,
  share: m.log_share,
  answer: m.log_answer,
  vote: m.log_vote,
  next: m.log_next,
  close: m.log_close_intent,
  take: m.log_take,
  pause: m.log_pauses,
  resume: m.log_resumes,
  skip: m.log_skips,
  lock: m.log_locks,
  kick: m.log_kicks,
  handover: m.log_hands_over,
  claim: m.log_claims,
  here: m.log_here,
  team: m.log_team,
  wager: m.log_wager,
};

/** `intent` is said after its author's name. */
const KINDS: Readonly<Record<Exclude<LogEntry['kind'], 'intent'>, (note: EntryNote) => string>> = {
  genesis: () => m.log_genesis(),
  time: () => m.log_time(),
  commit: ({ what, number }) =>
    what === 'ask' ? m.log_commit_ask({ count: number ?? 0 }) : m.log_commit_answer({ count: number ?? 0 }),
  key: ({ number }) => m.log_key({ at: (number ?? 0) + 1 }),
  lock: () => m.log_lock(),
  reveal: ({ what, number }) =>
    what === 'ask'
      ? m.log_reveal_ask({ at: (number ?? 0) + 1 })
      : what === 'answer'
        ? m.log_reveal_answer({ at: (number ?? 0) + 1 })
        : m.log_reveal_dice(),
  lot: ({ number }) => m.log_lot({ at: (number ?? 0) + 1 }),
  seen: () => m.log_seen(),
  think: () => m.log_think(),
  state: () => m.log_state(),
  pause: () => m.log_pause(),
  resume: () => m.log_resume(),
  rotate: () => m.log_rotate(),
  upgrade: () => m.log_upgrade(),
  close: () => m.log_close(),
};

/** What an intent wants, to be read after its author's name. */
export function intentWords({ intent, refused }: EntryNote): string {
  const isKnown = intent !== undefined && Object.hasOwn(INTENTS, intent);
  const words = (isKnown && INTENTS[intent]?.()) || m.log_something();
  return refused === undefined ? words : `${words}, ${m.log_refused({ why: refusalWords(refused).title })}`;
}

export function entryWords(note: EntryNote): string {
  return isNamed(note.kind) ? KINDS[note.kind](note) : m.log_unknown();
}

function isNamed(kind: string): kind is keyof typeof KINDS {
  return Object.hasOwn(KINDS, kind);
}
