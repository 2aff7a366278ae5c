/** A log in SQLite whose disk is waited for in a thread of its own: an fsync must not stop the relay's event loop. */
import { mkdir } from 'node:fs/promises';
import { type Thread, startThread } from '../worker/ask.ts';
import type { LogStore } from './ports.ts';

const methods = [
  'prepare',
  'plan',
  'append',
  'worlds',
  'world',
  'rooms',
  'putRoom',
  'entries',
  'intent',
  'head',
  'batches',
  'tiles',
  'snapshot',
  'snapshots',
  'sealed',
  'putSupply',
  'supplies',
  'segments',
  'putDocument',
  'document',
  'putHalt',
  'halt',
] as const satisfies readonly (keyof LogStore)[];

/** Makes the folder if there is none. Rejects for a file of a later version, and for a disk that cannot be written. */
export async function openSqliteStore(folder: string): Promise<LogStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const thread = startThread(new URL('./sqliteWorker.ts', import.meta.url), { folder });
  const store = Object.fromEntries(methods.map((name) => [name, caller(thread, name)]));
  const opened = { ...store, close: () => closeStore(thread) } as unknown as LogStore;
  await opened.rooms();
  return opened;
}

function caller(thread: Thread, name: string) {
  return (...args: readonly unknown[]) => thread.call(name, ...args);
}

async function closeStore(thread: Thread): Promise<void> {
  await thread.call('close');
  await thread.stop();
}
