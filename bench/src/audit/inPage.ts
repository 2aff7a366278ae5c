/** The same measurement in a page; the files, and the second thread, come from its own address. */
import type { Aside, AsideWord } from '@fairground/ledger';
import { measureAudit } from './measureAudit.ts';

const measured = measureAudit(await bytesOf('/large.fair'), await bytesOf('/small.fair'), createAside());
Object.assign(globalThis, { measured });

async function bytesOf(path: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(path)).arrayBuffer());
}

function createAside(): Aside {
  const worker = new Worker('/aside.js', { type: 'module' });
  return {
    from: 2 ** 20,
    check: (file) =>
      new Promise((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<AsideWord | undefined>) => resolve(data);
        worker.onerror = () => reject(new Error('the second thread failed'));
        worker.postMessage(file);
      }),
  };
}
