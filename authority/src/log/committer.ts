/** One commit at a time for all worlds: store, then lock, then publishing, then replies. What comes in meanwhile is the next commit. */
import type { Clock, Log } from '../ports.ts';
import type { Lock, LogStore } from '../store/ports.ts';
import { type Committed, sealCommit } from './committed.ts';
import { type Outcome, type Pending, emptyPending, isEmpty, withdraw } from './pending.ts';
import { type CommitTimes, createCommitTimes } from './times.ts';

export interface CommitterDeps {
  readonly store: Pick<LogStore, 'append'>;
  readonly lock: Pick<Lock, 'write'>;
  readonly signer: Parameters<typeof sealCommit>[0];
  readonly clock: Clock;
  readonly log: Log;
  /** After the lock, before anybody who waits is told. */
  publish(committed: readonly Committed[]): void;
  /**
   * A commit failed: nothing in memory of these worlds is to be believed. Resolves when they are rebuilt; the result lets in what came
   * meanwhile, after those who had waited longer.
   */
  rebuild(worlds: ReadonlySet<string>): Promise<() => void>;
}

export interface Committer {
  /** What is collected now. Whoever adds to it calls `schedule`. */
  readonly collecting: Pending;
  schedule(): void;
  /** Resolves when everything collected so far is settled. */
  settled(): Promise<void>;
  readonly times: CommitTimes;
  /** True while a commit cannot be finished. */
  readonly isStuck: boolean;
}

const lockRetryMs = 1000;

export function createCommitter(deps: CommitterDeps): Committer {
  const times = createCommitTimes();
  let collecting = emptyPending();
  let running: Promise<void> | undefined;
  let isStuck = false;

  async function run(): Promise<void> {
    // Frames that wait in this turn of the event loop share the commit.
    await new Promise((resume) => setImmediate(resume));
    while (!isEmpty(collecting)) {
      const taken = collecting;
      collecting = emptyPending();
      await flush(taken);
    }
    running = undefined;
  }

  async function flush(taken: Pending): Promise<void> {
    const committed = sealCommit(deps.signer, [...taken.worlds.values()]);
    const finish = times.start(committed.reduce((sum, { append }) => sum + append.entries.length, 0));
    try {
      if (committed.length > 0) await deps.store.append({ worlds: committed.map(({ append }) => append) });
    } catch (fault) {
      return undo(taken, fault);
    }
    await writeLock(committed);
    finish();
    deps.publish(committed);
    for (const outcome of taken.outcomes) outcome.done();
  }

  /** The store is ahead of the lock now, and nothing may be shown before the lock has caught up. */
  async function writeLock(committed: readonly Committed[]): Promise<void> {
    const rows = committed.map(({ append, root }) => ({
      world: append.world,
      size: append.expectedSize + append.entries.length,
      root,
    }));
    while (rows.length > 0) {
      try {
        await deps.lock.write(rows);
        isStuck = false;
        return;
      } catch (fault) {
        isStuck = true;
        deps.log.error({ fault }, 'the lock file cannot be written; nothing is published until it can');
        await new Promise<void>((resume) => void deps.clock.setTimer(lockRetryMs, resume));
      }
    }
  }

  async function undo(taken: Pending, fault: unknown): Promise<void> {
    deps.log.error({ fault }, 'a commit failed; its worlds are rebuilt from the store');
    const worlds = new Set(taken.worlds.keys());
    const waiting: Outcome[] = [...taken.outcomes, ...withdraw(collecting, worlds)];
    isStuck = true;
    const letIn = await deps.rebuild(worlds);
    isStuck = false;
    for (const outcome of waiting) outcome.undone();
    letIn();
  }

  return {
    get collecting() {
      return collecting;
    },
    schedule: () => void (running ??= run()),
    settled: async () => {
      while (running) await running;
    },
    times,
    get isStuck() {
      return isStuck;
    },
  };
}
