/** A match of trivia as the rules keep it. Mutable: whoever replays a world owns its state. */
import { type Bytes, bytesToHex, type Millis, type Opening } from '@fairground/ledger';
import type { Draw } from '../dice/draw.ts';
import type { Config } from './config.ts';
import type { Answer, Ask } from './question.ts';
import type { Award, Summary, TeamScore } from './summary.ts';
import type { VoteWord } from './intents.ts';
import type { Said } from './said.ts';

/** The match: lobby, dealing, drawing. A question: wager (before the last, if there is one), asking, open, closing, revealed. Then over (votes are still taken) and closed. */
export const PHASES = [
  'lobby',
  'dealing',
  'drawing',
  'wager',
  'asking',
  'open',
  'closing',
  'revealed',
  'over',
  'closed',
] as const;
export type Phase = (typeof PHASES)[number];

/** Why the match ended. */
export const REASONS = ['finished', 'abandoned', 'authority_default', 'no_questions'] as const;
export type Reason = (typeof REASONS)[number];

/** What a seat did with a question that it was asked. Replaced, never changed: `turns.ts` keeps its bytes. */
export interface Turn {
  /** The index of its answer's entry; -1 without one. */
  readonly entry: number;
  /** Authority's time from the opening to the answer, after compensation. */
  readonly elapsedMs: number;
  /** When the answer was counted. */
  readonly at: Millis;
  /** The option in canonical order once opened; see `UNOPENED`, `VOID`. 0 where more is said than one option. */
  readonly choice: number;
  /** What was said, where that is not one option. */
  readonly said?: Said;
  /** Of a thousand, how right that was; from the reveal on. */
  readonly share?: number;
}
export const UNOPENED = -1;
/** The seal did not open, or held no option. */
export const VOID = -2;

export interface Seat {
  readonly number: number;
  readonly key: Bytes;
  /** The key in hex. */
  readonly id: string;
  name: string;
  avatar: number;
  box: Bytes;
  rand: Bytes;
  present: boolean;
  ready: boolean;
  /** By question; null where it was not asked. May be shorter than the list of questions. */
  turns: (Turn | null)[];
  points: number;
  /** Points from the newest revealed question. */
  lastPoints: number;
  streak: number;
  bestStreak: number;
  right: number;
  asked: number;
  /** Sightings of this seat for the current question. */
  sightings: number;
  team?: number;
  /** The points it began with. */
  start?: number;
  /** The host has sent it out until then. */
  out?: Out;
}

export interface Out {
  readonly until: Millis;
  readonly why: string;
}

/** A sealed answer or stake that is not opened yet. */
export interface Lock {
  readonly seat: number;
  readonly commit: Bytes;
  readonly isStake?: true;
}

export interface Sighted {
  readonly seat: number;
  /** When the sighting was logged, after the question's opening. */
  readonly sinceMs: number;
}

export interface Vote {
  readonly vote: VoteWord;
  /** From the reveal. */
  readonly latencyMs: number;
}

export interface Finger {
  readonly seat: number;
  readonly elapsedMs: number;
}

export interface Question {
  readonly askCommit: Bytes;
  readonly answerCommit: Bytes;
  outcome: 'waiting' | 'revealed' | 'void';
  /** The lot's public key. */
  pk?: Bytes;
  /** The lot's private key, from the first part of its opening on. */
  sk?: Bytes;
  ask?: Ask;
  /** The options as shown, by their place in canonical order. */
  order: readonly number[];
  openedAt: Millis;
  closesAt: Millis;
  /** From here on the authority opens the lot. */
  revealFrom: Millis;
  revealedAt: Millis;
  nextAt: Millis;
  /** Seats that were asked, and seats that answered. */
  askedCount: number;
  answeredCount: number;
  /** Of the seats that were asked and are present, how many have not answered. */
  outstanding: number;
  /** By the index of the answer's entry, in ascending order. */
  locks: Map<number, Lock>;
  /** By the intent's hash in hex: who saw it before the cut. Only of intents that have not arrived. */
  sighted: Map<string, Sighted[]>;
  answer?: Answer;
  /** By option as shown. */
  histogram: number[];
  fastest: Finger[];
  /** By seat number. */
  votes: Map<number, Vote>;
  /** What each seat has staked, by its number; UNOPENED while that is sealed. */
  stakes: Map<number, number>;
  /** Numbers of seats whose device has said that it is here, though nobody has answered on it. */
  here: Set<number>;
  /** How many seats the reveal waits for. */
  missing: number;
}

/** The match stands still because the host wants it to. */
export interface Rest {
  /** The host's key. */
  readonly by: Bytes;
  readonly why: string;
  readonly since: Millis;
  /** When it goes on, once the host has said so. */
  readonly until?: Millis;
}

/** Somebody has asked whether the host is there. */
export interface Claim {
  /** The seat's number. */
  readonly by: number;
  readonly at: Millis;
  readonly until: Millis;
  /** The host was heard. */
  readonly answered: boolean;
}

export interface State {
  readonly world: Bytes;
  readonly authority: Bytes;
  /** The authority's commit to its dice. */
  readonly rand: Bytes;
  /** Who opened the world. */
  readonly founder: Bytes;
  host: Bytes;
  /** Who was made host by the host, or for being there when it was not. */
  chosen?: Bytes;
  claim?: Claim;
  /** The room takes nobody new. */
  locked: boolean;
  config: Config;
  now: Millis;
  pausedAt?: Millis;
  rest?: Rest;
  phase: Phase;
  /** Until when what this phase waits for must come; what that is, `time.ts` says. */
  by: Millis;
  reason?: Reason;
  /** In the order of joining. */
  seats: Seat[];
  presentCount: number;
  /** Between the two commits of a deal: those of the asks. */
  dealt?: readonly Bytes[];
  draw?: Draw;
  questions: Question[];
  /** The question that is asked, open or revealed; -1 before the first. */
  current: number;
  /** Derived: seat numbers by key in hex and by folded name. */
  numberById: Map<string, number>;
  numberByName: Map<string, number>;
  /** Emptied when points or seats change. */
  derived: Derived;
}

export interface Ranked {
  readonly seat: Seat;
  readonly rank: number;
  /** Without the newest question. */
  readonly rankBefore: number;
}

/** What is worked out once from points and seats; no part of the encoded state. */
export interface Derived {
  ranking?: readonly Ranked[];
  summaries?: readonly Summary[];
  awards?: readonly Award[];
  teams?: readonly TeamScore[];
}

/** How long an idle lobby stays. */
export const LOBBY_MS = 86_400_000;

export function openState({ world, genesis }: Opening<Config>): State {
  return {
    world,
    authority: genesis.authority.key,
    rand: genesis.rand,
    founder: genesis.host,
    host: genesis.host,
    locked: false,
    config: genesis.config,
    now: genesis.at,
    phase: 'lobby',
    by: genesis.at + LOBBY_MS,
    seats: [],
    presentCount: 0,
    questions: [],
    current: -1,
    numberById: new Map(),
    numberByName: new Map(),
    derived: {},
  };
}

export function seatOf(state: State, key: Bytes): Seat | undefined {
  const number = state.numberById.get(bytesToHex(key));
  return number === undefined ? undefined : state.seats[number];
}

export function currentQuestion(state: State): Question | undefined {
  return state.questions[state.current];
}
