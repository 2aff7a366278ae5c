/** When more comes in than the disk takes: then mail is told to come again instead of piling up. */
import type { Committer } from '../log/committer.ts';

export interface PressureLimits {
  /** So many may wait for a commit. */
  readonly queue: number;
  /** So many while commits are slow or cannot be finished: they must be few enough to be answered soon, and enough to see whether it goes again. */
  readonly slowQueue: number;
  /** The p99 of the last commits, in ms, from which on they are slow. */
  readonly slowMs: number;
}

export const pressureLimits: PressureLimits = { queue: 50_000, slowQueue: 2000, slowMs: 1000 };

/** Seconds to wait, if it is better to. */
export type Pressure = () => number | undefined;

type Watched = Pick<Committer, 'collecting' | 'times' | 'isStuck'>;

export function createPressure(
  committer: Watched,
  { queue, slowQueue, slowMs }: PressureLimits = pressureLimits,
): Pressure {
  let commits = -1;
  let p99 = 0;
  return () => {
    const waiting = committer.collecting.outcomes.length;
    if (waiting < slowQueue) return undefined;
    if (commits !== committer.times.commits) {
      commits = committer.times.commits;
      p99 = committer.times.quantile(0.99);
    }
    const isSlow = committer.isStuck || p99 >= slowMs;
    if (!isSlow && waiting < queue) return undefined;
    return Math.min(30, Math.max(1, Math.ceil((2 * p99) / 1000)));
  };
}
