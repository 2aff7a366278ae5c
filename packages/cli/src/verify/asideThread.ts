/** A thread beside this one that takes its share of verifying large files. It starts with the first, and holds up no exit. */
import { Worker } from 'node:worker_threads';
import type { Aside, AsideWord } from '@fairground/ledger';

/** One file at a time. */
export function createAsideThread(from = 2 ** 20): Aside {
  let worker: Worker | undefined;
  return {
    from,
    check(file) {
      worker ??= new Worker(new URL('./asideWorker.ts', import.meta.url));
      worker.unref();
      const copy = new Uint8Array(file); // which is handed over, whatever the file is a part of
      worker.postMessage(copy, [copy.buffer]);
      return wordOf(worker);
    },
  };
}

function wordOf(worker: Worker): Promise<AsideWord | undefined> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread ended')));
  });
}
