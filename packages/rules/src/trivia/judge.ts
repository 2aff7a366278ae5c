/** How right what was said is, in thousandths. One option is right or wrong by its place; of everything else the share is kept with the turn. */
import { isOpinion, isPlain, kindOf } from './kinds.ts';
import type { Answer } from './question.ts';
import type { Said } from './said.ts';
import type { Question, Seat, State, Turn } from './state.ts';
import { isAccepted } from './words/matches.ts';

/** All of it. */
export const WHOLE = 1_000;

export function shareOf(question: Question, { choice, share }: Turn): number {
  if (share !== undefined) return share;
  return question.answer?.correct.includes(choice) ? WHOLE : 0;
}

export function isRight(question: Question, turn: Turn): boolean {
  return shareOf(question, turn) === WHOLE;
}

/** Whether a question counts for accuracy and streaks. */
export function isJudged({ ask }: Question): boolean {
  return !ask || !isOpinion(kindOf(ask));
}

/**
 * Gives a share to what has none yet; false if nothing else could have changed. An estimate's depends on all the others, so a late one
 * changes theirs.
 */
export function judge(state: State, question: Question): boolean {
  const { ask, answer } = question;
  if (!ask || !answer) return false;
  const kind = kindOf(ask);
  if (isPlain(kind)) return false;
  const index = state.questions.indexOf(question);
  if (kind === 'number') rankEstimates(state, index, answer.value ?? 0);
  else giveShares(state, index, (said) => judgeAlone(kind, said, answer));
  return kind === 'number';
}

/** What depends on nobody else. */
function judgeAlone(kind: string, said: Said, answer: Answer): number {
  if (typeof said === 'string') return isAccepted(said, answer.accepted ?? []) ? WHOLE : 0;
  if (typeof said === 'number') return 0;
  return kind === 'order' ? orderShare(said, answer.correct) : chosenShare(said, answer.correct);
}

/** Right ones that were chosen less wrong ones that were, of all that are right; never below nothing, rounded down. */
export function chosenShare(chosen: readonly number[], correct: readonly number[]): number {
  const right = chosen.filter((place) => correct.includes(place)).length;
  const net = right - (chosen.length - right);
  return net <= 0 ? 0 : Math.floor((WHOLE * net) / correct.length);
}

/** Of all pairs, those that stand in their order less those that do not; never below nothing, rounded down. By chance that is nothing. */
export function orderShare(said: readonly number[], correct: readonly number[]): number {
  const rank = said.map((place) => correct.indexOf(place));
  let net = 0;
  let pairs = 0;
  for (let i = 0; i < rank.length; i++) {
    for (let j = i + 1; j < rank.length; j++) {
      pairs += 1;
      net += (rank[i] ?? 0) < (rank[j] ?? 0) ? 1 : -1;
    }
  }
  return net <= 0 ? 0 : Math.floor((WHOLE * net) / pairs);
}

/**
 * By distance: the nearest have all, the farthest nothing, evenly between; equal distances share a rank. Whoever is alone has all of it
 * within a tenth of the value, else nothing.
 */
export function estimateShares(estimates: readonly number[], value: number): readonly number[] {
  const away = estimates.map((estimate) => Math.abs(estimate - value));
  if (away.length === 1) {
    const [only = 0] = away;
    return [only <= Math.floor(Math.abs(value) / 10) ? WHOLE : 0];
  }
  const sorted = away.toSorted((a, b) => a - b);
  const nearer = new Map<number, number>();
  sorted.forEach((distance, place) => {
    if (!nearer.has(distance)) nearer.set(distance, place);
  });
  const others = away.length - 1;
  return away.map((distance) => Math.floor((WHOLE * (others - (nearer.get(distance) ?? others))) / others));
}

function rankEstimates(state: State, index: number, value: number): void {
  const seats = state.seats.filter((seat) => typeof seat.turns[index]?.said === 'number');
  const shares = estimateShares(
    seats.map((seat) => Number(seat.turns[index]?.said)),
    value,
  );
  seats.forEach((seat, i) => setShare(seat, index, shares[i] ?? 0));
}

function giveShares(state: State, index: number, share: (said: Said) => number): void {
  for (const seat of state.seats) {
    const said = seat.turns[index]?.said;
    if (said !== undefined && seat.turns[index]?.share === undefined) setShare(seat, index, share(said));
  }
}

function setShare(seat: Seat, index: number, share: number): void {
  const turn = seat.turns[index];
  if (turn && turn.share !== share) seat.turns[index] = { ...turn, share };
}
