/** Leaves out of a failing plan what it does not need in order to fail (Zeller's ddmin, and then one by one). */
import type { Act, Plan } from './act.ts';

/** `isStill` plays a plan and says whether it fails as the first one did; at most `tries` times. */
export async function shrink(
  plan: Plan,
  isStill: (smaller: Plan) => Promise<boolean>,
  tries = 150,
): Promise<Plan> {
  let acts = plan.acts;
  let left = tries;
  for (let parts = 2; acts.length > 0 && left > 0;) {
    const size = Math.max(1, Math.ceil(acts.length / parts));
    const smaller = await firstStill(acts, size);
    if (smaller) {
      acts = smaller;
      parts = Math.max(2, parts - 1);
    } else if (size === 1) break;
    else parts = Math.min(acts.length, parts * 2);
  }
  return { ...plan, acts };

  async function firstStill(from: readonly Act[], size: number): Promise<readonly Act[] | undefined> {
    for (let at = 0; at < from.length && left > 0; at += size) {
      const without = [...from.slice(0, at), ...from.slice(at + size)];
      left -= 1;
      if (await isStill({ ...plan, acts: without })) return without;
    }
    return undefined;
  }
}
