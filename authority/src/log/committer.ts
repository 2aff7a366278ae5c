/**
 * One commit at a time for all worlds: store, then lock, then signatures, then publishing, then replies. What comes in meanwhile is the
 * next commit.
 */
import { bytesToHex } from '@fairground/ledger';
import type { AuthorityKeys, Clock, Log } from '../ports.ts';
import type { Lock, LogStore, NoteRow } from '../store/ports.ts';
import { type Committed, notesOf, sealCommit, signCommit, type Unsigned } from './committed.ts';
import { type Outcome, type Pending, emptyPending, isEmpty, withdraw } from './pending.ts';
import { type CommitTimes, createCommitTimes } from './times.ts';

export interface CommitterDeps {
  readonly store: Pick<LogStore, 'append'>;
  readonly lock: Pick<Lock, 'write'>;
  readonly keys: AuthorityKeys;
  readonly clock: Clock;
  readonly log: Log;
  /** Right before a commit is written: the worlds stand as they will after it. */
  sealing?(taken: Pending): void;
  /** After the lock, before anybody who waits is told. */
  publish(committed: readonly Committed[]): void;
  /**
   * A commit failed: nothing in memory of these worlds is to be believed. Resolves when they are rebuilt; the result lets in what came
   * meanwhile, after those who had waited longer.
   */
  rebuild(worlds: ReadonlySet<string>): Promise<() => void>;
  /** `isStuck` is another one now. */
  stuckChanged(): void;
}

export interface Committer {
  /** What is collected now. Whoever adds to it calls `schedule`. */
  readonly collecting: Pending;
  schedule(): void;
  /** Resolves when everything collected so far is settled. */
  settled(): Promise<void>;
  /** Keeps checkpoints that are published and not in the store yet: the next commit takes them along, or this does. Never rejects. */
  saveNotes(): Promise<void>;
  readonly times: CommitTimes;
  /** True while a commit cannot be finished, though it was tried again. */
  readonly isStuck: boolean;
}

const lockRetryMs = 1000;
/** One that fails is tried again at once, and then ever later: a full disk does not get room by being asked. */
const firstRetryMs = 125;
const longestRetryMs = 1000;
/** After a crash they are made again, so they need no fsync of their own while commits come. */
const noteDelayMs = 250;

interface State {
  collecting: Pending;
  running: Promise<void> | undefined;
  isStuck: boolean;
  /** How many commits have failed since one was stored. */
  failures: number;
  /** Signed, published, and not in the store yet. */
  notes: readonly NoteRow[];
  isSaving: boolean;
  readonly times: CommitTimes;
}

export function createCommitter(deps: CommitterDeps): Committer {
  const state: State = {
    ...{
      collecting: emptyPending(),
      running: undefined,
      isStuck: false,
      failures: 0,
      notes: [],
      isSaving: false,
    },
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
    saveNotes: () => saveNotes(deps, state),
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
  // Nobody waits for the disk any more.
  setStuck(deps, state, false);
  state.running = undefined;
}

async function flush(deps: CommitterDeps, state: State, taken: Pending): Promise<void> {
  deps.sealing?.(taken);
  const unsigned = [...taken.worlds.values()].map(sealCommit);
  const entries = unsigned.reduce((sum, { append }) => sum + append.entries.length, 0);
  const finish = unsigned.length > 0 ? state.times.start(entries) : () => {};
  const { notes } = state;
  try {
    if (unsigned.length > 0) {
      state.notes = [];
      await deps.store.append({ worlds: unsigned.map(({ append }) => append), notes });
    }
  } catch (fault) {
    state.notes = [...notes, ...state.notes];
    return undo(deps, state, taken, fault);
  }
  state.failures = 0;
  await writeLock(deps, state, unsigned);
  setStuck(deps, state, false);
  // Not before: what is signed can never be taken back, and till here it could.
  const committed = unsigned.map((one) => signCommit(deps.keys, one));
  finish();
  keepNotes(deps, state, committed);
  deps.publish(committed);
  for (const outcome of taken.outcomes) tell(deps, outcome.done);
}

/** The store is ahead of the lock now, and nothing may be shown before the lock has caught up. */
async function writeLock(deps: CommitterDeps, state: State, commits: readonly Unsigned[]): Promise<void> {
  const { lock, log, clock } = deps;
  const rows = commits.map(({ append, root }) => ({
    world: append.world,
    size: append.expectedSize + append.entries.length,
    root,
  }));
  while (rows.length > 0) {
    try {
      return await lock.write(rows);
    } catch (fault) {
      setStuck(deps, state, true);
      log.error({ fault }, 'the lock file cannot be written; nothing is published until it can');
      await pause(clock, lockRetryMs);
    }
  }
}

async function undo(deps: CommitterDeps, state: State, taken: Pending, fault: unknown): Promise<void> {
  deps.log.error({ fault }, 'a commit failed; its worlds are rebuilt from the store');
  state.failures += 1;
  setStuck(deps, state, true);
  if (state.failures > 1)
    await pause(deps.clock, Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(state.failures - 2, 10)));
  const worlds = new Set(taken.worlds.keys());
  // They are made again from what the store holds.
  state.notes = state.notes.filter(({ world }) => !worlds.has(bytesToHex(world)));
  const waiting: Outcome[] = [...taken.outcomes, ...withdraw(state.collecting, worlds)];
  const letIn = await deps.rebuild(worlds);
  // Once may be chance.
  if (state.failures === 1) setStuck(deps, state, false);
  for (const outcome of waiting) tell(deps, outcome.undone);
  letIn();
}

function setStuck({ stuckChanged }: CommitterDeps, state: State, isStuck: boolean): void {
  if (state.isStuck === isStuck) return;
  state.isStuck = isStuck;
  stuckChanged();
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resume) => void clock.setTimer(ms, resume));
}

function keepNotes(deps: CommitterDeps, state: State, committed: readonly Committed[]): void {
  if (committed.length === 0) return;
  state.notes = [...state.notes, ...committed.flatMap(notesOf)];
  if (state.isSaving) return;
  state.isSaving = true;
  deps.clock.setTimer(noteDelayMs, () => {
    state.isSaving = false;
    void saveNotes(deps, state);
  });
}

async function saveNotes({ store, log }: CommitterDeps, state: State): Promise<void> {
  const { notes } = state;
  if (notes.length === 0) return;
  state.notes = [];
  try {
    await store.append({ worlds: [], notes });
  } catch (fault) {
    state.notes = [...notes, ...state.notes];
    log.warn({ fault }, 'checkpoints could not be stored; the next commit takes them along');
  }
}

/** What one who waits does wrong is not the others' fault. */
function tell({ log }: CommitterDeps, waiting: () => void): void {
  try {
    waiting();
  } catch (fault) {
    log.error({ fault }, 'somebody who waited for a commit failed');
  }
}
