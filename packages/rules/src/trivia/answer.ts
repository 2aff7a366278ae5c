/** Answers: sealed, one a question, counted when their entry or enough sightings of them stand before the question is opened. */
import { bytesToHex, type Intent, type Sighting } from '@fairground/ledger';
import { isAbsent, owesWord } from './absence.ts';
import { type BodyOf, isPaddedTo } from './intents.ts';
import { answerSize } from './kinds.ts';
import { closeIfAllAnswered, foundOne } from './phases.ts';
import type { RefusalCode } from './refusals.ts';
import { gameTime, isTakingInRest } from './rest.ts';
import { windowOf } from './rounds.ts';
import { elapsedFor } from './scoring.ts';
import { type Question, type Seat, seatOf, type Sighted, type State } from './state.ts';

type AnswerIntent = Intent<BodyOf<'answer'>>;

/** So many answers one seat may vouch for in one question. */
export const MAX_SIGHTINGS = 64;

export function checkAnswer(state: State, seat: Seat, intent: AnswerIntent): RefusalCode | undefined {
  const { lot } = intent.body;
  const question = state.questions[lot];
  if (!question?.ask) return 'not_asked_yet';
  if (question.outcome === 'void') return 'question_void';
  const turn = seat.turns[lot];
  if (!turn) return 'not_asked';
  if (turn.entry !== -1) return 'already_answered';
  if (!isPaddedTo(intent.body.seal, answerSize(question.ask.kind))) return 'wrong_size';
  if (takesAnswers(state, lot) || vouchedFor(question, seat, intent) !== undefined) return undefined;
  return state.rest && isOut(state, lot) ? 'paused' : 'too_late';
}

export function applyAnswer(state: State, seat: Seat, intent: AnswerIntent): void {
  const { lot, seal } = intent.body;
  const question = state.questions[lot];
  const turn = seat.turns[lot];
  if (!question || !turn) return;
  const isInTime = takesAnswers(state, lot);
  const since = gameTime(state, intent.at) - question.openedAt;
  const elapsedMs = elapsedFor(
    { compensationMs: state.config.compensationMs, windowMs: windowOf(state, lot) },
    isInTime ? since : (vouchedFor(question, seat, intent) ?? since),
    intent.rtt,
  );
  const isFound = question.missing > 0 && isAbsent(state, question, seat);
  seat.turns[lot] = { entry: intent.index, elapsedMs, at: intent.at, choice: turn.choice };
  question.locks.set(intent.index, { seat: seat.number, commit: seal.commit });
  question.answeredCount += 1;
  question.sighted.delete(bytesToHex(intent.hash));
  question.outstanding -= 1;
  if (isFound) foundOne(state);
  if (isInTime) closeIfAllAnswered(state);
}

/** A word that nobody waits for is no fault: a device says it before it knows. */
export function applyHere(state: State, seat: Seat, { lot }: BodyOf<'here'>): void {
  const question = state.questions[state.current];
  if (!question || lot !== state.current || !owesWord(state, seat)) return;
  const isFound = question.missing > 0 && isAbsent(state, question, seat);
  question.here.add(seat.number);
  if (isFound) foundOne(state);
}

function takesAnswers(state: State, lot: number): boolean {
  return isOut(state, lot) && isTakingInRest(state);
}

/** Until the first part of the lot's opening: the private key is out only after that cut. */
function isOut(state: State, lot: number): boolean {
  const isTaking = state.phase === 'open' || state.phase === 'closing';
  return isTaking && lot === state.current && !state.questions[lot]?.sk;
}

/** Sightings count only while the question takes answers, from seats that were asked too. */
export function applySightings(state: State, sightings: readonly Sighting[]): void {
  for (const sighting of sightings) {
    const { witness, lot, intentHash } = sighting;
    const seat = seatOf(state, witness);
    const question = state.questions[lot];
    if (!seat || !question || !wantsSighting(state, sighting)) continue;
    const hash = bytesToHex(intentHash);
    const sighted = question.sighted.get(hash) ?? [];
    seat.sightings += 1;
    question.sighted.set(hash, [
      ...sighted,
      { seat: seat.number, sinceMs: gameTime(state, state.now) - question.openedAt },
    ]);
  }
}

/** Once a seat and answer. */
export function wantsSighting(state: State, { witness, lot, intentHash }: Sighting): boolean {
  const seat = seatOf(state, witness);
  const question = state.questions[lot];
  if (!seat?.turns[lot] || !question || !takesAnswers(state, lot)) return false;
  const sighted = question.sighted.get(bytesToHex(intentHash)) ?? [];
  return seat.sightings < MAX_SIGHTINGS && !sighted.some((one) => one.seat === seat.number);
}

/** How long after the opening a majority of the other seats that were asked had vouched for it; undefined if they never had. */
function vouchedFor(question: Question, seat: Seat, { hash }: AnswerIntent): number | undefined {
  const others = question.askedCount - 1;
  const needed = Math.floor(others / 2) + 1;
  const sighted: readonly Sighted[] = question.sighted.get(bytesToHex(hash)) ?? [];
  return sighted.filter((one) => one.seat !== seat.number)[needed - 1]?.sinceMs;
}
