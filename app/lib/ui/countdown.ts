/** What a countdown shows and says, from the milliseconds that are left. */
export const BULBS = 20;
const SPOKEN = [10, 5, 3] as const;

export function secondsLeft(leftMs: number): number {
  return Math.max(0, Math.ceil(leftMs / 1000));
}

/** One bulb a second in a window of twenty; longer and shorter windows share the twenty. */
export function bulbsLit(leftMs: number, windowMs: number): number {
  if (windowMs <= 0) return 0;
  return Math.min(BULBS, Math.max(0, Math.ceil((BULBS * leftMs) / windowMs)));
}

export function isLate(leftMs: number): boolean {
  return leftMs > 0 && secondsLeft(leftMs) <= 3;
}

/** The mark (10, 5 or 3 seconds) that was passed between two moments; of several the last, so that a stall says one thing. */
export function spokenMark(before: number, after: number): number | undefined {
  return SPOKEN.findLast((mark) => before > mark && after <= mark && after > 0);
}
