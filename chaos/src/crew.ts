/** Worker processes that share the seeds: one takes the next as soon as it is done with one. */
import { type ChildProcess, fork } from 'node:child_process';
import type { Played } from './run/playSeed.ts';
import type { Order } from './worker.ts';

export interface CrewPlan {
  readonly entry: URL;
  readonly from: number;
  readonly seeds: number;
  readonly workers: number;
  readonly shrinks: boolean;
  /** True to go on. */
  readonly played: (played: Played) => boolean;
}

export interface CrewSum {
  readonly cpuMs: number;
}

/** Resolves when all seeds are played or nobody wants more; rejects when a worker dies. */
export async function sendCrew(plan: CrewPlan): Promise<CrewSum> {
  let next = plan.from;
  const end = plan.from + plan.seeds;
  const take = () => (next < end ? next++ : undefined);
  const stop = () => void (next = end);
  const crew = Array.from({ length: Math.min(plan.workers, plan.seeds) }, () => runWorker(plan, take, stop));
  const times = await Promise.all(crew);
  return { cpuMs: times.reduce((sum, ms) => sum + ms, 0) };
}

function runWorker(plan: CrewPlan, take: () => number | undefined, stop: () => void): Promise<number> {
  const child = fork(plan.entry, ['--worker'], { execArgv: [] });
  let cpuMs = 0;
  let isDone = false;
  return new Promise((resolve, reject) => {
    const done = () => {
      isDone = true;
      child.disconnect();
      resolve(cpuMs);
    };
    child.on('message', (message: 'ready' | (Played & { readonly cpuMs: number })) => {
      if (message !== 'ready') {
        ({ cpuMs } = message);
        if (!plan.played(message)) stop();
      }
      const seed = take();
      if (seed === undefined) done();
      else order(child, { seed, shrinks: plan.shrinks });
    });
    child.on('exit', (code, signal) => {
      if (!isDone) reject(new Error(`a worker ended by itself (${code ?? signal})`));
    });
  });
}

function order(child: ChildProcess, what: Order): void {
  child.send(what);
}
