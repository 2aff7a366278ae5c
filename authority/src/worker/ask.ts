/** Calls into a worker thread as promises. */
import { Worker } from 'node:worker_threads';
import type { Answer, Call } from './message.ts';

export interface Thread {
  call(name: string, ...args: readonly unknown[]): Promise<unknown>;
  /** After the calls under way. */
  stop(): Promise<void>;
}

/** A failure that happened in the other thread, under its name there. */
export class ThreadError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

interface Waiting {
  resolve(value: unknown): void;
  reject(fault: Error): void;
}

/** Starts the thread at once. If it dies, every call under way and after it rejects. */
export function startThread(module: URL, workerData: unknown): Thread {
  const worker = new Worker(module, { workerData });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let dead: Error | undefined;
  const die = (fault: Error) => {
    dead ??= fault;
    for (const { reject } of waiting.values()) reject(dead);
    waiting.clear();
    worker.unref();
  };
  worker.on('error', die);
  worker.on('exit', (code) => die(new Error(`a worker thread ended (${code})`)));
  worker.on('message', (answer: Answer) => {
    const caller = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    if ('error' in answer) caller?.reject(new ThreadError(answer.name, answer.error));
    else caller?.resolve(answer.value);
  });
  worker.unref();
  return {
    call(name, ...args) {
      if (dead) return Promise.reject(dead);
      const id = ++lastId;
      // A process may end while its threads are idle, never while one owes an answer.
      worker.ref();
      const call: Call = { id, name, args };
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.postMessage(call);
      });
    },
    async stop() {
      await worker.terminate();
    },
  };
}
