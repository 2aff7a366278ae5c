/** Points. A seat's total is always the fold over its turns, so an answer that is opened late changes just what it must. */
import type { Config } from './config.ts';
import type { Finger, Question, Seat, State, Turn } from './state.ts';

export interface Points {
  readonly base: number;
  readonly streakBonus: number;
}

const STREAK_STEP = 10;
const STREAK_LIMIT = 50;

/** Linear from maxPoints at once to minPoints at the end of the window, rounded down; a streak adds 10 % a hit up to 50 %, rounded down. */
export function pointsFor(config: Config, elapsedMs: number, streakBefore: number): Points {
  const { maxPoints, minPoints, windowMs } = config;
  const base = Math.floor((maxPoints * windowMs - (maxPoints - minPoints) * elapsedMs) / windowMs);
  const percent = config.streak ? Math.min(STREAK_LIMIT, STREAK_STEP * streakBefore) : 0;
  return { base, streakBonus: Math.floor((base * percent) / 100) };
}

/** The time that counts: since the opening, less the measured round trip as far as it is compensated, within the window. */
export function elapsedFor(config: Config, sinceOpenedMs: number, rtt: number): number {
  const compensated = sinceOpenedMs - Math.min(rtt, config.compensationMs);
  return Math.max(0, Math.min(config.windowMs, compensated));
}

export function isRight(question: Question, { choice }: Turn): boolean {
  return question.answer?.correct.includes(choice) ?? false;
}

/** After a reveal: every seat's fold goes on by the current question; then the histogram and the fastest. */
export function scoreQuestion(state: State, question: Question): void {
  for (const seat of state.seats) {
    seat.lastPoints = 0;
    countTurn(state, seat, state.current, true);
  }
  summarise(state, question);
  state.derived = {};
}

/** After answers that were opened late: these seats' totals from the beginning. */
export function rescore(state: State, question: Question, seats: readonly Seat[]): void {
  for (const seat of seats) tally(state, seat);
  summarise(state, question);
  state.derived = {};
}

/** One seat's totals from its turns; `of` is called with each question that was revealed and asked of it. */
export function tally(
  state: State,
  seat: Seat,
  of?: (index: number, points: Points | undefined) => void,
): void {
  Object.assign(seat, { points: 0, lastPoints: 0, streak: 0, bestStreak: 0, right: 0, asked: 0 });
  const newest = newestRevealed(state);
  for (let index = 0; index <= newest; index++) {
    if (state.questions[index]?.outcome !== 'revealed' || !seat.turns[index]) continue;
    const points = countTurn(state, seat, index, index === newest);
    of?.(index, points);
  }
}

/** Adds what a revealed question was worth to a seat that was asked it. */
function countTurn(state: State, seat: Seat, index: number, isNewest: boolean): Points | undefined {
  const question = state.questions[index];
  const turn = seat.turns[index];
  if (!question || !turn) return undefined;
  const points = isRight(question, turn) ? pointsFor(state.config, turn.elapsedMs, seat.streak) : undefined;
  seat.asked += 1;
  const won = points ? points.base + points.streakBonus : 0;
  seat.points += won;
  if (isNewest) seat.lastPoints = won;
  if (points) seat.right += 1;
  seat.streak = points ? seat.streak + 1 : 0;
  seat.bestStreak = Math.max(seat.bestStreak, seat.streak);
  return points;
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
  for (const seat of state.seats) {
    const turn = seat.turns[index];
    if (!turn || turn.choice < 0) continue;
    const shown = question.order.indexOf(turn.choice);
    histogram[shown] = (histogram[shown] ?? 0) + 1;
    if (isRight(question, turn))
      right.push({ seat: seat.number, elapsedMs: turn.elapsedMs, entry: turn.entry });
  }
  right.sort((a, b) => a.elapsedMs - b.elapsedMs || a.entry - b.entry);
  question.histogram = histogram;
  question.fastest = right.slice(0, 3).map(({ seat, elapsedMs }) => ({ seat, elapsedMs }));
}
