/** The relay's SQLite file, asked through its worker thread: a sync to disk must not stop the event loop. */
import { Worker } from 'node:worker_threads';
import type { RelayStore } from './ports.ts';
import type { StoreOps } from './sqliteOps.ts';
import type { StoreReply } from './answerTogether.ts';
import type { WorkerRequest } from './sqliteWorker.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(fault: Error): void;
}

/** Resolves when the file is open; rejects when it cannot be. */
export async function openSqliteStore(path: string): Promise<RelayStore> {
  const ask = await startWorker(path);
  return {
    docs: {
      append: (batch) => ask('docsAppend', batch),
      load: (name) => ask('docsLoad', name),
      compact: (name, count, state) => ask('docsCompact', name, count, state),
      reset: (name, update) => ask('docsReset', name, update),
    },
    mailbox: {
      put: (mail) => ask('mailPut', mail),
      done: (id) => ask('mailDone', id),
      pending: () => ask('mailPending'),
      lastId: () => ask('mailLastId'),
    },
    files: { put: (files) => ask('filesPut', files), get: (world, path_) => ask('filesGet', world, path_) },
    rooms: {
      putRoom: (room) => ask('roomsPutRoom', room),
      putWorld: (world) => ask('roomsPutWorld', world),
      putHeir: (heir) => ask('roomsPutHeir', heir),
      all: () => ask('roomsAll'),
    },
    segments: { put: (segment) => ask('segmentsPut', segment), get: (docId) => ask('segmentsGet', docId) },
    cosigned: {
      latest: (origin) => ask('cosignedLatest', origin),
      advance: (head, from) => ask('cosignedAdvance', head, from),
    },
    probe: () => ask('probe'),
    close: () => ask('close'),
  };
}

type Asked<Op extends keyof StoreOps | 'close'> = Op extends keyof StoreOps ? ReturnType<StoreOps[Op]> : void;
type Arguments<Op extends keyof StoreOps | 'close'> = Op extends keyof StoreOps
  ? Parameters<StoreOps[Op]>
  : [];
type Ask = <Op extends keyof StoreOps | 'close'>(op: Op, ...args: Arguments<Op>) => Promise<Asked<Op>>;

async function startWorker(path: string): Promise<Ask> {
  const worker = new Worker(new URL('./sqliteWorker.ts', import.meta.url), { workerData: { path } });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let dead: Error | undefined;
  const fail = (fault: Error) => {
    dead = fault;
    for (const { reject } of waiting.values()) reject(fault);
    waiting.clear();
  };
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
  worker.on('message', (reply: StoreReply) => settle(waiting, reply));
  worker.on('error', (fault) => fail(toError(fault)));
  worker.on('exit', () => fail(new Error('the store is closed')));
  return <Op extends keyof StoreOps | 'close'>(op: Op, ...args: Arguments<Op>) =>
    new Promise<Asked<Op>>((resolve, reject) => {
      if (dead) return reject(dead);
      const request = { id: ++last, op, args } as WorkerRequest;
      waiting.set(request.id, { resolve: (value) => resolve(value as Asked<Op>), reject });
      worker.postMessage(request);
    });
}

function settle(waiting: Map<number, Waiting>, { done, failed }: StoreReply): void {
  for (const { id, value } of done) {
    const asker = waiting.get(id);
    waiting.delete(id);
    if (failed === undefined) asker?.resolve(value);
    else asker?.reject(new Error(failed));
  }
}

function toError(fault: unknown): Error {
  return fault instanceof Error ? fault : new Error(String(fault));
}
