/** Binary formats that are put together from parts: a recipe makes them, bytes bend them. */
import type { Bytes } from '@fairground/ledger';
import type { Random } from '../random.ts';
import { bendBytes } from './bytes.ts';
import type { Inputs } from './inputs.ts';

export function partsInputs(seeds: readonly Bytes[], make: (random: Random) => Bytes): Inputs {
  return {
    seeds,
    make: (random) => (random.oneIn(2) ? make(random) : bendBytes(make(random), random, seeds)),
    bend: bendBytes,
  };
}
