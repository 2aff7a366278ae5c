/** Some threads that search side by side. One that breaks down or never ends is an outcome of its own, and another takes its place. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Finding, Outcome } from './engine.ts';

export interface Job {
  readonly target: string;
  readonly inputs: number;
  readonly seed: number;
}

/** What the thread is at: how many inputs it has tried, how long the last one is, and that one. */
export interface Shared {
  readonly counter: Int32Array;
  readonly trying: Uint8Array;
}

export interface Told extends Omit<Outcome, 'findings'> {
  readonly ms: number;
  readonly seed: number;
  readonly findings: readonly (Omit<Finding, 'kind'> & {
    readonly kind: Finding['kind'] | 'hung' | 'died';
  })[];
}

export const mostTrying = 256 * 1024;
const patienceMs = 120_000;
const lookMs = 5_000;

export async function searchAll(
  jobs: readonly Job[],
  workers: number,
  tell: (told: Told) => void,
): Promise<void> {
  const waiting = [...jobs];
  await Promise.all(
    Array.from({ length: Math.min(workers, jobs.length) }, async () => {
      let thread: Thread | undefined;
      for (let job = waiting.shift(); job; job = waiting.shift()) {
        thread ??= await startThread();
        const told = await runJob(thread, job);
        if (told.findings.some(({ kind }) => kind === 'hung' || kind === 'died')) thread = undefined;
        tell(told);
      }
      await thread?.worker.terminate();
    }),
  );
}

interface Thread extends Shared {
  readonly worker: Worker;
}

async function startThread(): Promise<Thread> {
  const shared: Shared = {
    counter: new Int32Array(new SharedArrayBuffer(8)),
    trying: new Uint8Array(new SharedArrayBuffer(mostTrying)),
  };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: shared,
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  });
  await once(worker, 'message');
  return { worker, ...shared };
}

async function runJob(thread: Thread, job: Job): Promise<Told> {
  const { worker, counter } = thread;
  const began = performance.now();
  counter[0] = 0;
  const finished = new AbortController();
  const { signal } = finished;
  worker.postMessage(job);
  const ended = Promise.race([
    once(worker, 'message', { signal }).then(([outcome]) => outcome as Outcome),
    once(worker, 'exit', { signal }).then(() => lost(thread, job, 'died')),
    stalled(counter, signal).then(() => lost(thread, job, 'hung')),
  ]);
  const outcome = await ended.catch((fault: unknown) => lost(thread, job, 'died', String(fault)));
  finished.abort();
  if (outcome.findings.some(({ kind }) => (kind as string) === 'hung')) await worker.terminate();
  return { ...outcome, seed: job.seed, ms: Math.round(performance.now() - began) };
}

/** Resolves when no input has ended for a long time. */
async function stalled(counter: Int32Array, signal: AbortSignal): Promise<void> {
  let last = -1;
  for (let quiet = 0; quiet < patienceMs; quiet += lookMs) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, lookMs);
      signal.addEventListener(
        'abort',
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
    });
    if (signal.aborted) return await new Promise(() => {});
    if (counter[0] !== last) quiet = 0;
    last = counter[0] ?? 0;
  }
}

function lost(
  { counter, trying }: Shared,
  { target }: Job,
  kind: 'hung' | 'died',
  message: string = kind,
): Omit<Told, 'ms' | 'seed'> {
  const input = new Uint8Array(trying.subarray(0, counter[1]));
  return {
    target,
    inputs: counter[0] ?? 0,
    accepted: 0,
    edges: 0,
    corpus: 0,
    findings: [{ target, kind, message, input }],
  };
}
