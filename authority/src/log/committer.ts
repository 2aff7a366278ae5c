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

interface State {
  collecting: Pending;
  running: Promise<void> | undefined;
  isStuck: boolean;
  readonly times: CommitTimes;
}

export function createCommitter(deps: CommitterDeps): Committer {
  const state: State = {
    ...{ collecting: emptyPending(), running: undefined, isStuck: false },
    times: createCommitTimes(),
  };
  return {
    get collecting() {
      return state.collecting;
    },
    schedule: () => void (state.running ??= run(deps, state)),
    settled: async () => {
      while (state.running) await state.running;
    },
    times: state.times,
    get isStuck() {
      return state.isStuck;
    },
  };
}

async function run(deps: CommitterDeps, state: State): Promise<void> {
  // Frames that wait in this turn of the event loop share the commit.
  await new Promise((resume) => setImmediate(resume));
  while (!isEmpty(state.collecting)) {
    const taken = state.collecting;
    state.collecting = emptyPending();
    await flush(deps, state, taken);
  }
  state.running = undefined;
}

async function flush(deps: CommitterDeps, state: State, taken: Pending): Promise<void> {
  const committed = sealCommit(deps.signer, [...taken.worlds.values()]);
  const entries = committed.reduce((sum, { append }) => sum + append.entries.length, 0);
  const finish = committed.length > 0 ? state.times.start(entries) : () => {};
  try {
    if (committed.length > 0) await deps.store.append({ worlds: committed.map(({ append }) => append) });
  } catch (fault) {
    return undo(deps, state, taken, fault);
  }
  await writeLock(deps, state, committed);
  finish();
  deps.publish(committed);
  for (const outcome of taken.outcomes) tell(deps, outcome.done);
}

/** The store is ahead of the lock now, and nothing may be shown before the lock has caught up. */
async function writeLock(
  { lock, log, clock }: CommitterDeps,
  state: State,
  committed: readonly Committed[],
): Promise<void> {
  const rows = committed.map(({ append, root }) => ({
    world: append.world,
    size: append.expectedSize + append.entries.length,
    root,
  }));
  while (rows.length > 0) {
    try {
      await lock.write(rows);
      state.isStuck = false;
      return;
    } catch (fault) {
      state.isStuck = true;
      log.error({ fault }, 'the lock file cannot be written; nothing is published until it can');
      await new Promise<void>((resume) => void clock.setTimer(lockRetryMs, resume));
    }
  }
}

async function undo(deps: CommitterDeps, state: State, taken: Pending, fault: unknown): Promise<void> {
  deps.log.error({ fault }, 'a commit failed; its worlds are rebuilt from the store');
  const worlds = new Set(taken.worlds.keys());
  const waiting: Outcome[] = [...taken.outcomes, ...withdraw(state.collecting, worlds)];
  state.isStuck = true;
  const letIn = await deps.rebuild(worlds);
  state.isStuck = false;
  for (const outcome of waiting) tell(deps, outcome.undone);
  letIn();
}

/** What one who waits does wrong is not the others' fault. */
function tell({ log }: CommitterDeps, waiting: () => void): void {
  try {
    waiting();
  } catch (fault) {
    log.error({ fault }, 'somebody who waited for a commit failed');
  }
}
