import { describe, expect, it } from 'vitest';
import type { Act, Plan } from './act.ts';
import { makePlan } from './makePlan.ts';
import { shrink } from './shrink.ts';

const act = (at: number): Act => ({ at, deed: { do: 'chat', peer: 0 } });
const plan: Plan = {
  seed: 1,
  game: 'tally',
  visibility: 'listed',
  peers: 2,
  acts: Array.from({ length: 40 }, (_, i) => act(i)),
};

describe('a failing plan', () => {
  it('[S11] is cut down to the acts that it takes', async () => {
    const needs = new Set([3, 17, 31]);
    const isStill = async ({ acts }: Plan) => [...needs].every((at) => acts.some((one) => one.at === at));
    expect((await shrink(plan, isStill, 500)).acts.map(({ at }) => at)).toEqual([3, 17, 31]);
  });

  it('[S11] fails as before when the tries run out', async () => {
    let tries = 0;
    const isStill = async ({ acts }: Plan) => {
      tries += 1;
      return acts.some(({ at }) => at === 39);
    };
    const least = await shrink(plan, isStill, 5);
    expect(tries).toBe(5);
    expect(least.acts.some(({ at }) => at === 39)).toBe(true);
  });

  it('[S10] follows from its seed', () => {
    expect(makePlan(7)).toEqual(makePlan(7));
    expect(makePlan(7)).not.toEqual(makePlan(8));
  });
});
