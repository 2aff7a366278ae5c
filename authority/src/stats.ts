/** What `/metrics` and `/healthz` show of an authority. */
import type { Committer } from './log/committer.ts';
import type { Slot } from './worlds/live.ts';

export interface Stats {
  readonly commits: number;
  readonly entries: number;
  /** From taking up a commit to its lock, over the last 1,000, in ms. */
  readonly commitP50: number;
  readonly commitP99: number;
  /** Entries that wait for the next commit. */
  readonly queue: number;
  readonly worlds: Readonly<Record<Slot['status'], number>>;
}

export interface Health {
  readonly ok: boolean;
  /** Sentences for the operator. */
  readonly reasons: readonly string[];
}

interface Sources {
  readonly committer: Committer;
  readonly slots: ReadonlyMap<string, Slot>;
}

export function statsOf({ committer, slots }: Sources): Stats {
  const worlds = { loading: 0, live: 0, closed: 0, halted: 0, recovering: 0 };
  for (const { status } of slots.values()) worlds[status] += 1;
  const { times, collecting } = committer;
  let queue = 0;
  for (const { entries } of collecting.worlds.values()) queue += entries.length;
  return {
    commits: times.commits,
    entries: times.entries,
    commitP50: times.quantile(0.5),
    commitP99: times.quantile(0.99),
    queue,
    worlds,
  };
}

export function healthOf({ committer, slots }: Sources): Health {
  const reasons = committer.isStuck ? ['the authority cannot write its log or its lock file'] : [];
  for (const { status, reason } of slots.values()) {
    if (status === 'recovering') reasons.push(`recovering: ${reason ?? ''}`);
  }
  return { ok: reasons.length === 0, reasons };
}
