/** Plays a plan from its beginning to its end, looks at everything after every step, heals, and looks whether all came right. */
import { createHash } from 'node:crypto';
import type { Stage } from '../cast/stage.ts';
import { createNetwork } from '../network/network.ts';
import { type Plan, describeAct } from '../plan/act.ts';
import { actsMs } from '../plan/makePlan.ts';
import { createChance } from '../runtime/chance.ts';
import { rule, settle } from '../runtime/globals.ts';
import { createLoop } from '../runtime/loop.ts';
import { Broken } from '../watch/broken.ts';
import { createWatch } from '../watch/watch.ts';
import { keepBackups } from './backups.ts';
import { checkEnd } from './checkEnd.ts';
import { heal } from './heal.ts';
import { openHouse } from './house.ts';
import { perform } from './perform.ts';
import type { Scene } from './scene.ts';

export interface Outcome {
  /** Of every line of the trace: equal for equal plans. */
  readonly hash: string;
  readonly steps: number;
  readonly checkpoints: number;
  readonly receipts: number;
  readonly entries: number;
  readonly failure?: { readonly rule: string; readonly message: string };
}

export interface RunOptions {
  /** Gets every line. */
  readonly trace?: (line: string) => void;
}

const startAt = 1_750_000_000_000;

export async function runPlan(plan: Plan, { trace }: RunOptions = {}): Promise<Outcome> {
  const hash = createHash('sha256');
  const note = (line: string) => {
    hash.update(line).update('\n');
    trace?.(line);
  };
  const chanceOf = (label: string) => createChance(plan.seed, label);
  const watch = createWatch((line) => note(line));
  const loop = createLoop({ startAt, trace: note, check: watch.check, settle });
  rule(loop, chanceOf('globals'));
  const network = createNetwork({ loop, chanceOf });
  const stage: Stage = { seed: plan.seed, loop, network, watch, chanceOf };
  const exits = process.listeners('exit');
  process.on('unhandledRejection', watch.fell).on('uncaughtException', watch.fell);
  let failure: Outcome['failure'];
  let entries = 0;
  try {
    const house = openHouse(stage, plan);
    const scene: Scene = { stage, house, backups: keepBackups(stage, house) };
    for (const act of plan.acts) loop.after(act.at, describeAct(act), () => perform(scene, act.deed));
    await loop.run(startAt + actsMs, () => false);
    await heal(scene);
    entries = await checkEnd(scene, plan);
  } catch (fault) {
    failure =
      fault instanceof Broken
        ? { rule: fault.rule, message: fault.message }
        : { rule: 'fault', message: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) };
    note(`broken: ${failure.message}`);
  }
  process.off('unhandledRejection', watch.fell).off('uncaughtException', watch.fell);
  // Documents that were never closed hold on to the process.
  for (const listener of process.listeners('exit'))
    if (!exits.includes(listener)) process.off('exit', listener);
  const { checkpoints, receipts } = watch;
  const counts = { steps: loop.steps, checkpoints, receipts, entries };
  return { hash: hash.digest('hex'), ...counts, ...(failure ? { failure } : {}) };
}
