/** What votes say of a question, as far as their number allows: Wilson's interval at 95 %, in integers. */

/** z = 1.96, so z² = 3.8416; everything below is in ten-thousandths. */
const UNIT = 10_000n;
const Z_SQUARED = 38_416n;

/**
 * The quality that a question came with, moved into the interval in which its true share of 👍 lies: no vote moves it, few
 * votes hardly, and a 👍 never lowers it. 0–1000. E. B. Wilson, JASA 22 (1927) 209.
 */
export function judgedQuality(base: number, votes: { readonly up: number; readonly down: number }): number {
  const floor = wilsonLower(votes.up, votes.down);
  const ceiling = 1_000 - wilsonLower(votes.down, votes.up);
  return Math.min(Math.max(base, floor), ceiling);
}

/** Lower bound of the share of `hits`, in thousandths, rounded down; 0 without votes. */
export function wilsonLower(hits: number, misses: number): number {
  const [up, down] = [BigInt(hits), BigInt(misses)];
  const all = up + down;
  if (all === 0n) return 0;
  // (p + z²/2n − z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n), both sides multiplied by n.
  const spread = squareRoot((Z_SQUARED * UNIT * up * down) / all + (Z_SQUARED * Z_SQUARED) / 4n);
  const numerator = up * UNIT + Z_SQUARED / 2n - spread;
  return Number((1_000n * (numerator > 0n ? numerator : 0n)) / (all * UNIT + Z_SQUARED));
}

/** Rounded up, so that the bound errs on the careful side. Newton's method. */
function squareRoot(square: bigint): bigint {
  let root = 1n << BigInt((square.toString(2).length + 1) >> 1);
  for (let next = (root + square / root) >> 1n; next < root; next = (root + square / root) >> 1n) root = next;
  return root * root < square ? root + 1n : root;
}
