/** Group commit for all documents: what came in is made durable in one transaction, at most every 20 ms, at once when idle; then it is shown. */
import { COMMIT_MS } from '@fairground/protocol';
import type { Clock, Log } from '../ports.ts';
import type { DocStore, DocWrite } from '../store/ports.ts';

/** A document with something to commit. */
export interface Pending {
  /** What came in since the last call, as one write; the document begins a new group. */
  take(): DocWrite | undefined;
  /** The write is durable: show it. */
  committed(write: DocWrite): void;
  /** The write could not be stored. */
  failed(write: DocWrite): void;
}

export interface Committer {
  add(pending: Pending): void;
  /** Commits what is there and resolves when it is durable. */
  drain(): Promise<void>;
}

export interface CommitterDeps {
  readonly store: DocStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly measured?: (ms: number, writes: number) => void;
}

export function createCommitter({ store, clock, log, measured }: CommitterDeps): Committer {
  let dirty = new Set<Pending>();
  let running: Promise<void> | undefined;
  let timer: (() => void) | undefined;
  let startedAt = -Infinity;

  async function commit(): Promise<void> {
    startedAt = clock.now();
    const group = [...dirty].flatMap((pending) => {
      const write = pending.take();
      return write ? [{ pending, write }] : [];
    });
    dirty = new Set();
    if (group.length === 0) return;
    try {
      await store.append(group.map(({ write }) => write));
    } catch (fault) {
      log.error({ fault: String(fault), writes: group.length }, 'documents could not be stored');
      for (const { pending, write } of group) pending.failed(write);
      return;
    }
    measured?.(clock.now() - startedAt, group.length);
    for (const { pending, write } of group) pending.committed(write);
  }

  function run(): void {
    timer?.();
    timer = undefined;
    if (running) return;
    running = commit().finally(() => {
      running = undefined;
      schedule();
    });
  }

  function schedule(): void {
    if (dirty.size === 0 || running || timer) return;
    const wait = startedAt + COMMIT_MS - clock.now();
    if (wait <= 0) run();
    else timer = clock.setTimer(wait, run);
  }

  return {
    add(pending) {
      dirty.add(pending);
      schedule();
    },
    async drain() {
      while (running || dirty.size > 0) {
        run();
        await running;
      }
    },
  };
}
