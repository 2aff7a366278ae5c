/** Re-encodes pictures in a thread of its own, one after the other; a picture that ends the thread, or takes too long, is unreadable. */
import { Worker } from 'node:worker_threads';
import { err, ok, type Result } from '@fairground/ledger';
import type { PictureFault } from '@fairground/protocol';

export interface Recoder {
  recode(bytes: Uint8Array, name?: string): Promise<Result<Uint8Array, PictureFault>>;
  close(): Promise<void>;
}

export interface ToRecode {
  readonly bytes: Uint8Array;
  /** Of its file. */
  readonly name: string;
}

type Made = Uint8Array | PictureFault;
interface Thread {
  readonly worker: Worker;
  settle: (made: Made) => void;
}

/** The largest picture takes some seconds of a slow machine. */
const patienceMs = 60_000;
/** Of JavaScript; what the codecs may use follows from how many pixels are let in. */
const resourceLimits = { maxOldGenerationSizeMb: 1024 };

export function createRecoder(
  module = new URL('./recodeWorker.ts', import.meta.url),
  patience = patienceMs,
): Recoder {
  let thread: Thread | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  function start(): Thread {
    const started: Thread = { worker: new Worker(module, { resourceLimits }), settle: () => {} };
    const { worker } = started;
    worker.on('message', (made: Made) => started.settle(made));
    // Its end follows.
    worker.on('error', () => {});
    worker.on('exit', () => {
      if (thread === started) thread = undefined;
      started.settle('picture_unreadable');
    });
    return started;
  }

  async function ask(picture: ToRecode): Promise<Result<Uint8Array, PictureFault>> {
    const asked = (thread ??= start());
    const timer = setTimeout(() => void asked.worker.terminate(), patience);
    const made = await new Promise<Made>((resolve) => {
      asked.settle = resolve;
      asked.worker.postMessage(picture);
    });
    clearTimeout(timer);
    return typeof made === 'string' ? err(made) : ok(made);
  }

  return {
    recode(bytes, name = '') {
      const mine = turn.then(() => ask({ bytes, name }));
      turn = mine;
      return mine;
    },
    async close() {
      await thread?.worker.terminate();
    },
  };
}
