/** Points. A seat's total is always the fold over its turns, so an answer that is opened late changes just what it must. */
import type { Config } from './config.ts';
import { isJudged, isRight, judge, shareOf, WHOLE } from './judge.ts';
import { roundOf, type Worth, worthOf } from './rounds.ts';
import type { Finger, Question, Seat, State, Turn } from './state.ts';

export interface Points {
  /** Below nothing where a stake is lost. */
  readonly base: number;
  readonly streakBonus: number;
}

const STREAK_STEP = 10;
const STREAK_LIMIT = 50;

/** Linear from maxPoints at once to minPoints at the end of the window, rounded down; a streak adds 10 % a hit up to 50 %, rounded down. */
export function pointsFor(worth: Worth, elapsedMs: number, streakBefore: number, share = WHOLE): Points {
  const { maxPoints, minPoints, windowMs } = worth;
  const whole = Math.floor((maxPoints * windowMs - (maxPoints - minPoints) * elapsedMs) / windowMs);
  const base = Math.floor((whole * share) / WHOLE);
  const percent = worth.streak && share === WHOLE ? Math.min(STREAK_LIMIT, STREAK_STEP * streakBefore) : 0;
  return { base, streakBonus: Math.floor((base * percent) / 100) };
}

/** The time that counts: since the opening, less the measured round trip as far as it is compensated, within the window. */
export function elapsedFor(
  { compensationMs, windowMs }: Pick<Config, 'compensationMs' | 'windowMs'>,
  sinceOpenedMs: number,
  rtt: number,
): number {
  const compensated = sinceOpenedMs - Math.min(rtt, compensationMs);
  return Math.max(0, Math.min(windowMs, compensated));
}

/** After a reveal: every seat's fold goes on by the current question; then the histogram and the fastest. */
export function scoreQuestion(state: State, question: Question): void {
  judge(state, question);
  const worth = worthOf(state, state.current);
  for (const seat of state.seats) {
    seat.lastPoints = 0;
    countTurn(state, seat, state.current, worth, true);
  }
  summarise(state, question);
  state.derived = {};
}

/** After answers that were opened late: these seats' totals from the beginning, or everybody's where one answer changes what others are worth. */
export function rescore(state: State, question: Question, seats: readonly Seat[]): void {
  const changed = judge(state, question) ? state.seats : seats;
  for (const seat of changed) tally(state, seat);
  summarise(state, question);
  state.derived = {};
}

/** One seat's totals from its turns; `of` is called with each question that was revealed and asked of it. */
export function tally(
  state: State,
  seat: Seat,
  of?: (index: number, points: Points | undefined) => void,
): void {
  const nothing = { lastPoints: 0, streak: 0, bestStreak: 0, right: 0, asked: 0 };
  Object.assign(seat, { ...nothing, points: seat.start ?? 0 });
  const newest = newestRevealed(state);
  for (let index = 0; index <= newest; index++) {
    if (state.questions[index]?.outcome !== 'revealed' || !seat.turns[index]) continue;
    const points = countTurn(state, seat, index, worthOf(state, index), index === newest);
    of?.(index, points);
  }
}

/** Adds what a revealed question was worth to a seat that was asked it. */
function countTurn(
  state: State,
  seat: Seat,
  index: number,
  worth: Worth,
  isNewest: boolean,
): Points | undefined {
  const question = state.questions[index];
  const turn = seat.turns[index];
  if (!question || !turn) return undefined;
  const round = roundOf(state, index);
  const points =
    round === 'wager' ? stakePoints(question, seat, turn) : turnPoints(question, seat, turn, worth);
  const won = points ? points.base + points.streakBonus : 0;
  seat.points += won;
  if (isNewest) seat.lastPoints = won;
  if (round !== 'practice' && isJudged(question)) countHit(seat, isRight(question, turn));
  return points;
}

function turnPoints(question: Question, seat: Seat, turn: Turn, worth: Worth): Points | undefined {
  const share = shareOf(question, turn);
  if (share === 0) return undefined;
  if (isJudged(question)) return pointsFor(worth, turn.elapsedMs, seat.streak, share);
  // The nearest wins, however long it took.
  return { base: Math.floor((worth.maxPoints * share) / WHOLE), streakBonus: 0 };
}

/** What was staked is won or lost, but nobody has less than nothing. */
function stakePoints(question: Question, seat: Seat, turn: Turn): Points | undefined {
  const stake = Math.max(0, question.stakes.get(seat.number) ?? 0);
  if (stake === 0) return undefined;
  return { base: isRight(question, turn) ? stake : -Math.min(stake, seat.points), streakBonus: 0 };
}

function countHit(seat: Seat, isHit: boolean): void {
  seat.asked += 1;
  if (isHit) seat.right += 1;
  seat.streak = isHit ? seat.streak + 1 : 0;
  seat.bestStreak = Math.max(seat.bestStreak, seat.streak);
}

/** The last question whose answer is out; -1 before the first. */
export function newestRevealed({ questions, current }: State): number {
  for (let index = current; index >= 0; index--) if (questions[index]?.outcome === 'revealed') return index;
  return -1;
}

/** How many chose what, as shown, and the three quickest who were right; equal times in the order of their entries. */
export function summarise(state: State, question: Question): void {
  const index = state.questions.indexOf(question);
  const histogram = question.order.map(() => 0);
  const right: (Finger & { entry: number })[] = [];
  const isRanked = isJudged(question);
  for (const seat of state.seats) {
    const turn = seat.turns[index];
    if (!turn || turn.choice < 0) continue;
    for (const place of chosenBy(question, turn)) {
      const shown = question.order.indexOf(place);
      histogram[shown] = (histogram[shown] ?? 0) + 1;
    }
    if (isRanked && isRight(question, turn))
      right.push({ seat: seat.number, elapsedMs: turn.elapsedMs, entry: turn.entry });
  }
  right.sort((a, b) => a.elapsedMs - b.elapsedMs || a.entry - b.entry);
  question.histogram = histogram;
  question.fastest = right.slice(0, 3).map(({ seat, elapsedMs }) => ({ seat, elapsedMs }));
}

/** The options that somebody chose: all of them are chosen where they are put in order, so that says nothing. */
function chosenBy({ ask }: Question, { choice, said }: Turn): readonly number[] {
  if (said === undefined) return [choice];
  return ask?.kind === 'multi' && typeof said === 'object' ? said : [];
}
