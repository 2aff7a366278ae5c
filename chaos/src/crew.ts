/** Worker processes that share the seeds: one takes the next as soon as it is done with one. */
import { type ChildProcess, fork } from 'node:child_process';
import { makePlan } from './plan/makePlan.ts';
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

/** Resolves when all seeds are played or nobody wants more. */
export async function sendCrew(plan: CrewPlan): Promise<CrewSum> {
  let next = plan.from;
  const end = plan.from + plan.seeds;
  const take = () => (next < end ? next++ : undefined);
  const stop = () => void (next = end);
  const crew = Array.from({ length: Math.min(plan.workers, plan.seeds) }, () => runWorker(plan, take, stop));
  const times = await Promise.all(crew);
  return { cpuMs: times.reduce((sum, ms) => sum + ms, 0) };
}

/** A worker that falls has failed at its seed, and another one takes its place. */
function runWorker(plan: CrewPlan, take: () => number | undefined, stop: () => void): Promise<number> {
  const child = fork(plan.entry, ['--worker'], { execArgv: [] });
  let cpuMs = 0;
  let seed: number | undefined;
  let isDone = false;
  return new Promise((resolve, reject) => {
    const next = () => {
      seed = take();
      if (seed !== undefined) return order(child, { seed, shrinks: plan.shrinks });
      isDone = true;
      child.disconnect();
      resolve(cpuMs);
    };
    child.on('message', (message: 'ready' | (Played & { readonly cpuMs: number })) => {
      if (message !== 'ready') {
        ({ cpuMs } = message);
        if (!plan.played(message)) stop();
      }
      next();
    });
    child.on('exit', (code, signal) => {
      if (isDone) return;
      if (seed === undefined) return reject(new Error(`a worker cannot start (${code ?? signal})`));
      if (!plan.played(fallen(seed, `the process ended (${code ?? signal})`))) stop();
      runWorker(plan, take, stop).then((ms) => resolve(cpuMs + ms), reject);
    });
  });
}

function fallen(seed: number, message: string): Played {
  const nothing = { hash: '', steps: 0, checkpoints: 0, receipts: 0, entries: 0 };
  return { ...nothing, seed, game: makePlan(seed).game, failure: { rule: 'fault', message } };
}

function order(child: ChildProcess, what: Order): void {
  child.send(what);
}
