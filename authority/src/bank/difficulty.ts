/** How hard a question is, by those who have answered it, and how hard a match should be at each of its places. Shares are thousandths. */

export interface Fared {
  readonly answered: number;
  /** Of these, wholly right. */
  readonly hits: number;
}

/** What is expected of a question that nobody has answered yet, and how many answers that guess weighs as much as. */
const MIDDLING = 600;
const GUESS_WEIGHS = 8;

/** A match begins with what most get right, and ends with what fewer than half do. */
const FIRST = 850;
const LAST = 400;

/** What fewer get right is no fun: it is asked when nothing else is left. */
const CRUEL = 200;

/** Questions of one step are as hard as each other: what is between them is chance. */
const STEP = 100;

/** The share that is expected to be right, rounded down. */
export function expectedShare({ answered, hits }: Fared): number {
  return Math.floor((1000 * hits + MIDDLING * GUESS_WEIGHS) / (answered + GUESS_WEIGHS));
}

/** The share that place `place` of `count` should have, evenly from first to last. */
export function shareWanted(place: number, count: number): number {
  return count < 2 ? MIDDLING : FIRST - Math.floor(((FIRST - LAST) * place) / (count - 1));
}

export function isCruel(share: number): boolean {
  return share < CRUEL;
}

/** The higher, the easier. */
export function stepOf(share: number): number {
  return Math.floor(share / STEP);
}
