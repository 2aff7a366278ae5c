/** One seed: its plan is played, and if it fails the least of it that fails alike is looked for. */
import { type Plan, describeAct } from '../plan/act.ts';
import { makePlan } from '../plan/makePlan.ts';
import { shrink } from '../plan/shrink.ts';
import { type Outcome, runPlan } from './runPlan.ts';

const mostTries = 60;

export interface Played extends Outcome {
  readonly seed: number;
  readonly game: Plan['game'];
  /** For people, when it failed: the plan that is left, an act a line. */
  readonly acts?: readonly string[];
}

export interface PlayOptions {
  readonly trace?: (line: string) => void;
  readonly shrinks: boolean;
}

export async function playSeed(seed: number, { trace, shrinks }: PlayOptions): Promise<Played> {
  const plan = makePlan(seed);
  const outcome = await runPlan(plan, trace ? { trace } : {});
  const played = { seed, game: plan.game, ...outcome };
  if (!outcome.failure) return played;
  const { rule } = outcome.failure;
  const isStill = async (smaller: Plan) => (await runPlan(smaller)).failure?.rule === rule;
  const least = shrinks ? await shrink(plan, isStill, mostTries) : plan;
  return { ...played, acts: least.acts.map(describeAct) };
}
