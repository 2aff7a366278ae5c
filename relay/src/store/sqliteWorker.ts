/** The thread that owns the database. */
import { parentPort, workerData } from 'node:worker_threads';
import { createAnswering, type StoreReply, type StoreRequest } from './answerTogether.ts';
import { openDatabase } from './sqliteSchema.ts';

export type WorkerRequest =
  | StoreRequest
  | { readonly id: number; readonly op: 'close'; readonly args: readonly [] };

if (!parentPort) throw new Error('sqliteWorker runs as a worker thread only');
const port = parentPort;
const { path } = workerData as { readonly path: string };
const database = openDatabase(path);
const answer = createAnswering(database);
let queue: WorkerRequest[] = [];

port.on('message', (request: WorkerRequest) => {
  if (queue.push(request) === 1) setImmediate(commit);
});
port.postMessage({ done: [] } satisfies StoreReply);

function commit(): void {
  const requests = queue;
  queue = [];
  const work = requests.filter((request) => request.op !== 'close');
  if (work.length > 0) for (const reply of answer(work)) port.postMessage(reply);
  const close = requests.find(({ op }) => op === 'close');
  if (!close) return;
  database.close();
  port.postMessage({ done: [{ id: close.id, value: undefined }] } satisfies StoreReply);
  port.close();
}
