/** A store and a lock in whose middle the process is killed: at a stage of the first commit that holds a certain entry. */
import { type Bytes, decodeEntry, parseIntent } from '@fairground/ledger';
import type { Commit, Lock, LogStore } from '../store/ports.ts';

/** Nothing asked of the disk, the transaction under way, durable and not locked, locked and nothing signed or shown. */
export type Stage = 'before' | 'during' | 'stored' | 'locked';

export interface Doom {
  /** An entry's kind; of reveals what they reveal, of intents their own kind. */
  readonly what: string;
  readonly stage: Stage;
}

export function doomedStore(store: LogStore, doom: Doom, state: { isNow: boolean }): LogStore {
  return {
    ...store,
    async append(commit) {
      state.isNow = commitHolds(commit, doom.what);
      if (state.isNow && doom.stage === 'before') die();
      const appended = store.append(commit);
      if (state.isNow && doom.stage === 'during') setImmediate(die);
      await appended;
      if (state.isNow && doom.stage === 'stored') die();
    },
  };
}

export function doomedLock(lock: Lock, doom: Doom, state: { readonly isNow: boolean }): Lock {
  return {
    ...lock,
    async write(rows) {
      await lock.write(rows);
      if (state.isNow && doom.stage === 'locked') die();
    },
  };
}

/** As the kernel does it when memory runs out. */
function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

function commitHolds({ worlds }: Commit, what: string): boolean {
  return worlds.some(({ entries }) => entries.some((bytes) => whatIs(bytes) === what));
}

function whatIs(bytes: Bytes): string {
  const entry = decodeEntry(bytes);
  if (!entry.ok) return '';
  if (entry.value.kind === 'reveal') return entry.value.what;
  const intent = entry.value.kind === 'intent' ? parseIntent(entry.value.bytes) : undefined;
  return intent?.ok ? intent.value.kind : entry.value.kind;
}
