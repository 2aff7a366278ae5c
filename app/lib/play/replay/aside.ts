/** A second thread for verifying large files, from within the first. Where a worker cannot start another, there is none. */
import type { Aside, AsideWord } from '@fairground/ledger';

export function createAside(): Aside | undefined {
  if (typeof Worker === 'undefined') return undefined;
  return {
    from: 2 ** 20,
    async check(file) {
      const worker = new Worker(new URL('./asideWorker.ts', import.meta.url), { type: 'module' });
      try {
        return await wordOf(worker, file);
      } finally {
        worker.terminate();
      }
    },
  };
}

function wordOf(worker: Worker, file: Uint8Array): Promise<AsideWord | undefined> {
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<AsideWord | undefined>) => resolve(data));
    worker.addEventListener('error', () => reject(new Error('the second thread failed')));
    worker.postMessage(file);
  });
}
