/** The thread that owns the database. All that came in while it was busy becomes one transaction: one sync to disk for all of it. */
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from './sqliteSchema.ts';
import { READS, type StoreOps, createStoreOps } from './sqliteOps.ts';

export interface StoreRequest {
  readonly id: number;
  readonly op: keyof StoreOps | 'close';
  readonly args: readonly unknown[];
}

/** Of one transaction: all done, or none with the reason. */
export interface StoreReply {
  readonly done: readonly { readonly id: number; readonly value: unknown }[];
  readonly failed?: string;
}

if (!parentPort) throw new Error('sqliteWorker runs as a worker thread only');
const port = parentPort;
const { path } = workerData as { readonly path: string };
const database = openDatabase(path);
const ops = createStoreOps(database) as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
let queue: StoreRequest[] = [];

port.on('message', (request: StoreRequest) => {
  if (queue.push(request) === 1) setImmediate(commit);
});
port.postMessage({ done: [] } satisfies StoreReply);

function commit(): void {
  const requests = queue;
  queue = [];
  const work = requests.filter(({ op }) => op !== 'close');
  if (work.length > 0) answer(work);
  const close = requests.find(({ op }) => op === 'close');
  if (!close) return;
  database.close();
  port.postMessage({ done: [{ id: close.id, value: undefined }] } satisfies StoreReply);
  port.close();
}

/** One transaction for all. On a disk that is full the changes fail, and what was only read is read without them. */
function answer(requests: readonly StoreRequest[]): void {
  const reads = requests.filter(({ op }) => READS.has(op));
  const changes = requests.filter(({ op }) => !READS.has(op));
  if (changes.length === 0) return port.postMessage(transact('begin', reads));
  const reply = transact('begin immediate', requests);
  if (reply.failed === undefined) return port.postMessage(reply);
  port.postMessage(refused(changes, reply.failed));
  if (reads.length > 0) port.postMessage(transact('begin', reads));
}

function refused(requests: readonly StoreRequest[], failed: string): StoreReply {
  return { done: requests.map(({ id }) => ({ id, value: undefined })), failed };
}

function transact(begin: 'begin' | 'begin immediate', requests: readonly StoreRequest[]): StoreReply {
  try {
    database.exec(begin);
    const done = requests.map(({ id, op, args }) => ({ id, value: ops[op]?.(...args) }));
    database.exec('commit');
    return { done };
  } catch (fault) {
    if (database.isTransaction) database.exec('rollback');
    return refused(requests, String(fault));
  }
}
