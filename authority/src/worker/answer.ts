/** A worker thread's side: answers calls by name, one after the other. */
import { parentPort } from 'node:worker_threads';
import type { Answer, Call } from './message.ts';

type Methods = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Synchronous methods block this thread and no other; what they throw, the caller's promise rejects with. */
export function answerCalls(methods: Methods): void {
  const port = parentPort;
  if (!port) throw new Error('answerCalls: this is no worker thread');
  port.on('message', (call: Call) => {
    void answer(methods, call).then((reply) => port.postMessage(reply));
  });
}

async function answer(methods: Methods, { id, name, args }: Call): Promise<Answer> {
  const method = methods[name];
  try {
    if (!method) throw new Error(`no method ${name}`);
    return { id, value: await method(...(args as never[])) };
  } catch (fault) {
    const error = fault instanceof Error ? fault : new Error(String(fault));
    return { id, error: error.message, name: error.name };
  }
}
