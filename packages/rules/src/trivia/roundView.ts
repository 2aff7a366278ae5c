/** The question in hand as a screen shows it. */
import type { Millis } from '@fairground/ledger';
import type { Answer } from './question.ts';
import { isRight, tally } from './scoring.ts';
import { currentQuestion, type Question, type Seat, type State, type Turn, UNOPENED, VOID } from './state.ts';
import { countVotes } from './votes.ts';

export interface MyResult {
  /** As shown; null without an answer that could be opened. */
  readonly choice: number | null;
  readonly right: boolean;
  readonly points: number;
  readonly base: number;
  readonly streakBonus: number;
  readonly elapsedMs: number;
  /** Why there are no points. */
  readonly reason?: 'wrong' | 'no_answer' | 'not_asked' | 'seal_void' | 'not_opened';
}

export interface RoundResult {
  /** As shown. */
  readonly correct: readonly number[];
  readonly explanation: string;
  readonly source: Answer['source'];
  readonly questionId: string;
  readonly histogram: readonly number[];
  readonly mine?: MyResult;
  readonly fastest: readonly { readonly id: string; readonly elapsedMs: number }[];
  readonly votes: { readonly up: number; readonly down: number; readonly flag: number };
  readonly myVote?: 'up' | 'down' | 'flag';
  readonly nextAt: Millis;
}

export interface RoundView {
  readonly index: number;
  readonly count: number;
  /** Before the question is out, and for one that was never opened, these are empty. */
  readonly kind: string;
  readonly topic: string;
  readonly text: string;
  /** As shown. */
  readonly answers: readonly string[];
  readonly opensAt: Millis;
  readonly closesAt: Millis;
  /** From here on it may be revealed. */
  readonly revealAt: Millis;
  readonly answeredCount: number;
  /** Seats that were asked. */
  readonly seatsCount: number;
  readonly asked: boolean;
  readonly myLock?: { readonly at: Millis; readonly index: number };
  readonly result?: RoundResult;
}

export function roundView(state: State, me: Seat | undefined): RoundView | undefined {
  const question = currentQuestion(state);
  if (!question) return undefined;
  const { ask, order } = question;
  const turn = me?.turns[state.current];
  return {
    index: state.current,
    count: state.questions.length,
    kind: ask?.kind ?? '',
    topic: ask?.topic ?? '',
    text: ask?.text ?? '',
    answers: order.map((canonical) => ask?.answers[canonical] ?? ''),
    opensAt: question.openedAt,
    closesAt: question.closesAt,
    revealAt: question.revealFrom === 0 ? question.closesAt + state.config.graceMs : question.revealFrom,
    answeredCount: question.answeredCount,
    seatsCount: question.askedCount,
    asked: !!turn,
    ...(turn && turn.entry !== -1 ? { myLock: { at: turn.at, index: turn.entry } } : {}),
    ...(question.outcome === 'revealed' ? { result: resultOf(state, question, me) } : {}),
  };
}

function resultOf(state: State, question: Question, me: Seat | undefined): RoundResult {
  const { answer, order, histogram, fastest, nextAt, votes } = question;
  const mine = me && myResult(state, question, me);
  const myVote = me && votes.get(me.number)?.vote;
  return {
    correct: order.flatMap((canonical, shown) => (answer?.correct.includes(canonical) ? [shown] : [])),
    explanation: answer?.explanation ?? '',
    source: answer?.source ?? null,
    questionId: answer?.id ?? '',
    histogram,
    ...(mine ? { mine } : {}),
    fastest: fastest.map(({ seat, elapsedMs }) => ({ id: state.seats[seat]?.id ?? '', elapsedMs })),
    votes: countVotes(question),
    ...(myVote ? { myVote } : {}),
    nextAt,
  };
}

function myResult(state: State, question: Question, me: Seat): MyResult {
  const turn = me.turns[state.current];
  if (!turn)
    return {
      choice: null,
      right: false,
      points: 0,
      base: 0,
      streakBonus: 0,
      elapsedMs: 0,
      reason: 'not_asked',
    };
  const { base, streakBonus } = pointsOf(state, me, state.current);
  const right = isRight(question, turn);
  return {
    choice: turn.choice >= 0 ? question.order.indexOf(turn.choice) : null,
    right,
    points: base + streakBonus,
    base,
    streakBonus,
    elapsedMs: turn.elapsedMs,
    ...(right ? {} : { reason: reasonOf(turn) }),
  };
}

/** The same fold that made the totals, asked about one question. */
function pointsOf(state: State, seat: Seat, wanted: number) {
  let found = { base: 0, streakBonus: 0 };
  tally(state, { ...seat }, (index, points) => {
    if (index === wanted && points) found = points;
  });
  return found;
}

function reasonOf({ entry, choice }: Turn): NonNullable<MyResult['reason']> {
  if (entry === -1) return 'no_answer';
  if (choice === UNOPENED) return 'not_opened';
  return choice === VOID ? 'seal_void' : 'wrong';
}
