/** Whether words of somebody's own are what was asked for. */
import { distanceUpTo } from './distance.ts';
import { digitsOf, keysOf } from './keys.ts';

/** A slip of the pen is forgiven in long words only: Iran is not Iraq, Austria not Australia. By the length of the shorter of the two. */
export function slipsFor(length: number): number {
  if (length < 5) return 0;
  if (length < 9) return 1;
  return length < 14 ? 2 : 3;
}

export function isAccepted(said: string, accepted: readonly string[]): boolean {
  const own = keysOf(said);
  return accepted.some((variant) => keysOf(variant).some((key) => own.some((one) => isSame(one, key))));
}

function isSame(said: string, key: string): boolean {
  if (said === key) return true;
  if (digitsOf(said) !== digitsOf(key)) return false;
  const slips = slipsFor(Math.min([...said].length, [...key].length));
  return slips > 0 && distanceUpTo(said, key, slips) <= slips;
}
