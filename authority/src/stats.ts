/** What `/metrics` and `/healthz` show of an authority. */
import type { StatsFrame } from '@fairground/protocol';
import type { Publisher } from './documents/publisher.ts';
import type { Committer } from './log/committer.ts';
import type { Cosigning } from './witness/cosigning.ts';
import type { Slot } from './worlds/live.ts';

export interface Stats {
  readonly commits: number;
  readonly entries: number;
  /** From taking up a commit to its lock, over the last 1,000, in ms. */
  readonly commitP50: number;
  readonly commitP99: number;
  /** Entries that wait for the next commit. */
  readonly queue: number;
  /** Mail and others that wait to be told that it is durable. */
  readonly waiting: number;
  /** Tails in memory. */
  readonly tails: number;
  readonly worlds: Readonly<Record<Slot['status'], number>>;
}

export interface Health {
  readonly ok: boolean;
  /** Sentences for the operator. */
  readonly reasons: readonly string[];
}

interface Sources {
  readonly committer: Committer;
  readonly publisher: Pick<Publisher, 'tails'>;
  readonly slots: ReadonlyMap<string, Slot>;
}

type HealthSources = Omit<Sources, 'publisher'> & { readonly cosigning: Pick<Cosigning, 'reasons'> };

export function statsOf({ committer, publisher, slots }: Sources): Stats {
  const worlds = { loading: 0, asking: 0, live: 0, closed: 0, halted: 0, recovering: 0 };
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
    waiting: collecting.outcomes.length,
    tails: publisher.tails,
    worlds,
  };
}

export function healthOf({ committer, slots, cosigning }: HealthSources): Health {
  const reasons = committer.isStuck ? ['the authority cannot write its log or its lock file'] : [];
  for (const { status, reason } of slots.values()) {
    if (status === 'recovering') reasons.push(`recovering: ${reason ?? ''}`);
  }
  reasons.push(...cosigning.reasons);
  return { ok: reasons.length === 0, reasons };
}

type Value = StatsFrame['values'][number];

/** For the relay's `/metrics` and `/healthz`. */
export function statsFrame(stats: Stats, { reasons }: Health): StatsFrame {
  const worlds = Object.entries(stats.worlds).map(([status, value]) =>
    gauge('worlds', 'Worlds by what can be done with them', value, { status }),
  );
  return {
    t: 'stats',
    reasons: reasons.slice(0, mostReasons),
    values: [
      counter('commits_total', 'Commits that are durable and locked', stats.commits),
      counter('entries_total', 'Entries in these commits', stats.entries),
      commitTime('0.5', stats.commitP50),
      commitTime('0.99', stats.commitP99),
      gauge('queue_entries', 'Entries that wait for the next commit', stats.queue),
      gauge('waiting', 'Mail that waits to be told that it is durable', stats.waiting),
      gauge('tails', 'Tails of worlds in memory', stats.tails),
      ...worlds,
    ],
  };
}

const mostReasons = 100;

/** Links carry whole numbers. */
function commitTime(quantile: string, ms: number): Value {
  const help = 'Commits of late, from being taken up to being locked';
  return gauge('commit_microseconds', help, Math.round(ms * 1000), { quantile });
}

function gauge(name: string, help: string, value: number, labels: Value['labels'] = {}): Value {
  return { name, kind: 'gauge', help, labels, value };
}

function counter(name: string, help: string, value: number): Value {
  return { name, kind: 'counter', help, labels: {}, value };
}
