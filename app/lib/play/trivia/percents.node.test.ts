import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentsOf } from './percents.ts';

describe('[U253] the shares of a poll', () => {
  it.each([
    [
      [4, 3, 1],
      [50, 38, 12],
    ],
    [
      [1, 1, 1],
      [34, 33, 33],
    ],
    [
      [0, 0],
      [0, 0],
    ],
  ])('of %j votes are %j', (counts, percents) => expect(percentsOf(counts)).toEqual(percents));

  it('add up to a hundred, and none is further than one from what it is', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { minLength: 1, maxLength: 6 }), (counts) => {
        const all = counts.reduce((sum, count) => sum + count, 0);
        fc.pre(all > 0);
        const percents = percentsOf(counts);
        expect(percents.reduce((sum, one) => sum + one, 0)).toBe(100);
        percents.forEach((one, i) => expect(Math.abs(one - (100 * counts[i]!) / all)).toBeLessThan(1));
      }),
    );
  });
});
