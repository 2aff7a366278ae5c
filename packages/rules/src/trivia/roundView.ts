/** The question in hand as a screen shows it. */
import type { Millis } from '@fairground/ledger';
import type { Answer, Ask } from './question.ts';
import type { Said } from './said.ts';
import { isRight, shareOf } from './judge.ts';
import { type RoundKind, roundOf, worthOf } from './rounds.ts';
import { saidByMost, type SaidCount } from './saidView.ts';
import { tally } from './scoring.ts';
import { currentQuestion, type Question, type Seat, type State, type Turn, UNOPENED, VOID } from './state.ts';
import { countVotes } from './votes.ts';
import { mostStake } from './wager.ts';

export interface MyResult {
  /** As shown; null without an answer that could be opened. */
  readonly choice: number | null;
  readonly right: boolean;
  readonly points: number;
  readonly base: number;
  readonly streakBonus: number;
  readonly elapsedMs: number;
  /** As shown, where that is not one option. */
  readonly said?: Said;
  /** Of a thousand, how right that was. */
  readonly share?: number;
  /** What was staked on it. */
  readonly stake?: number;
  /** Right ones in a row, this one included. */
  readonly streak?: number;
  /** Why there are no points. */
  readonly reason?: 'wrong' | 'no_answer' | 'not_asked' | 'seal_void' | 'not_opened';
}

export interface RoundResult {
  /** As shown; of `order`, in their order. */
  readonly correct: readonly number[];
  /** What is taken for right in words, the best first. */
  readonly accepted?: readonly string[];
  /** What an estimate should have been. */
  readonly value?: number;
  /** What most have said, where that is no option, at most 12. */
  readonly said?: readonly SaidCount[];
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
  readonly round?: RoundKind;
  readonly windowMs?: Millis;
  readonly maxPoints?: number;
  readonly minPoints?: number;
  /** Of the question, where that is not the language of the match. */
  readonly language?: string;
  readonly image?: Ask['image'];
  readonly scale?: Ask['scale'];
  /** So many seats that are not heard the reveal waits for. */
  readonly missing?: number;
  /** Before the last question. */
  readonly wager?: { readonly until: Millis; readonly most: number; readonly staked: boolean };
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
    ...worthView(state),
    ...(ask?.language === undefined ? {} : { language: ask.language }),
    ...(ask?.image ? { image: ask.image } : {}),
    ...(ask?.scale ? { scale: ask.scale } : {}),
    ...(question.missing > 0 ? { missing: question.missing } : {}),
    ...(state.phase === 'wager' ? { wager: wagerView(state, question, me) } : {}),
    ...(turn && turn.entry !== -1 ? { myLock: { at: turn.at, index: turn.entry } } : {}),
    ...(question.outcome === 'revealed' ? { result: resultOf(state, question, me) } : {}),
  };
}

function worthView(state: State): Pick<RoundView, 'round' | 'windowMs' | 'maxPoints' | 'minPoints'> {
  const { windowMs, maxPoints, minPoints } = worthOf(state, state.current);
  return { round: roundOf(state, state.current), windowMs, maxPoints, minPoints };
}

function wagerView(state: State, { stakes }: Question, me: Seat | undefined): RoundView['wager'] & object {
  return {
    until: state.by,
    most: me ? mostStake(state, me) : 0,
    staked: me !== undefined && stakes.has(me.number),
  };
}

function resultOf(state: State, question: Question, me: Seat | undefined): RoundResult {
  const { answer, histogram, fastest, nextAt, votes } = question;
  const mine = me && myResult(state, question, me);
  const myVote = me && votes.get(me.number)?.vote;
  return {
    correct: correctAsShown(question),
    ...(answer?.accepted ? { accepted: answer.accepted } : {}),
    ...(answer?.value === undefined ? {} : { value: answer.value }),
    ...saidByMost(state, question),
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

function correctAsShown({ ask, answer, order }: Question): readonly number[] {
  const correct = answer?.correct ?? [];
  if (ask?.kind === 'order') return correct.map((canonical) => order.indexOf(canonical));
  return order.flatMap((canonical, shown) => (correct.includes(canonical) ? [shown] : []));
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
    choice: turn.choice >= 0 && turn.said === undefined ? question.order.indexOf(turn.choice) : null,
    right,
    points: base + streakBonus,
    base,
    streakBonus,
    elapsedMs: turn.elapsedMs,
    ...moreOf(question, me, turn),
    ...(right ? { streak: me.streak } : { reason: reasonOf(turn) }),
  };
}

function moreOf(question: Question, me: Seat, turn: Turn): Pick<MyResult, 'said' | 'share' | 'stake'> {
  const stake = question.stakes.get(me.number);
  return {
    ...(turn.said === undefined
      ? {}
      : { said: asShown(question, turn.said), share: shareOf(question, turn) }),
    ...(stake === undefined || stake < 0 ? {} : { stake }),
  };
}

/** Places as they were shown. */
function asShown({ ask, order }: Question, said: Said): Said {
  if (typeof said !== 'object') return said;
  const shown = said.map((canonical) => order.indexOf(canonical));
  return ask?.kind === 'multi' ? shown.sort((a, b) => a - b) : shown;
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
