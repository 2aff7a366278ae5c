/** Which snapshots of a long world are kept: one in each doubling of the distance from its end, and the last of each day. */
import type { Millis } from '@fairground/ledger';

export interface KeptSnapshot {
  /** Of its `state` entry. */
  readonly index: number;
  /** Which segment it ends; for the state before a close, the next one. */
  readonly n: number;
  readonly at: Millis;
}

const dayMs = 86_400_000;

/**
 * Takes those that are not needed any more out of `kept`, which is in order and ends with the newest, and gives them. At a distance of
 * [2^k, 2^(k+1)) segments the one whose number is a multiple of 2^k stays: it was one of 2^(k−1) before, so it is still there.
 */
export function dropStale(kept: KeptSnapshot[]): readonly KeptSnapshot[] {
  const newest = kept.at(-1);
  if (!newest) return [];
  const isKept = ({ n, at }: KeptSnapshot, i: number): boolean => {
    const back = newest.n - n;
    const next = kept[i + 1];
    const isLastOfDay = !next || dayOf(next.at) !== dayOf(at);
    return back < 1 || isLastOfDay || n % 2 ** (31 - Math.clz32(back)) === 0;
  };
  const stale = kept.filter((one, i) => !isKept(one, i));
  const staying = kept.filter((one) => !stale.includes(one));
  kept.splice(0, kept.length, ...staying);
  return stale;
}

/** In UTC. */
function dayOf(at: Millis): number {
  return Math.floor(at / dayMs);
}
