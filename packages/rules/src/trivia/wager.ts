/** Before the last question each seat stakes what it dares, sealed like an answer. */
import type { Cbor, Intent } from '@fairground/ledger';
import { type BodyOf, isPaddedTo } from './intents.ts';
import { ANSWER_SIZE } from './kinds.ts';
import { closeIfAllAnswered } from './phases.ts';
import type { RefusalCode } from './refusals.ts';
import { currentQuestion, type Question, type Seat, type State, UNOPENED } from './state.ts';

type WagerIntent = Intent<BodyOf<'wager'>>;

/** While the match waits for stakes, and until its question is out. */
export function checkWager(state: State, seat: Seat, { body }: WagerIntent): RefusalCode | undefined {
  const question = currentQuestion(state);
  const isTaking = state.phase === 'wager' || state.phase === 'asking';
  if (!isTaking || body.lot !== state.current || !question?.pk) return 'not_now';
  if (state.rest) return 'paused';
  if (!isPaddedTo(body.seal, ANSWER_SIZE)) return 'wrong_size';
  return question.stakes.has(seat.number) ? 'already_wagered' : undefined;
}

export function applyWager(state: State, seat: Seat, { index, body }: WagerIntent): void {
  const question = currentQuestion(state);
  if (!question) return;
  question.stakes.set(seat.number, UNOPENED);
  question.locks.set(index, { seat: seat.number, commit: body.seal.commit, isStake: true });
  if (state.phase !== 'wager') return;
  question.outstanding -= 1;
  closeIfAllAnswered(state);
}

/** All that one has; who has little may stake half of what a question is worth. */
export function mostStake({ config }: State, { points }: Seat): number {
  return Math.max(points, Math.floor(config.maxPoints / 2));
}

/** What is no stake, or too much of one, is none. */
export function readStake(state: State, question: Question, seat: Seat, value: Cbor | undefined): void {
  const isStake = typeof value === 'number' && value >= 0 && value <= mostStake(state, seat);
  question.stakes.set(seat.number, isStake ? value : 0);
}
