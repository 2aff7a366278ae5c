import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeptSnapshot, dropStale } from './keepSnapshots.ts';

const hour = 3_600_000;

/** One after the other, as a world makes them. */
function grow(count: number, stepMs: number): KeptSnapshot[] {
  const kept: KeptSnapshot[] = [];
  for (let n = 0; n < count; n++) {
    kept.push({ index: 1024 * n + 1023, n, at: n * stepMs });
    dropStale(kept);
  }
  return kept;
}

describe('the snapshots that are kept', () => {
  it.each([
    [1, [0]],
    [3, [0, 1, 2]],
    [5, [0, 2, 3, 4]],
    [10, [0, 4, 6, 8, 9]],
    [100, [0, 64, 80, 88, 92, 96, 98, 99]],
  ])('[A36a] of %i segments on one day', (count, numbers) => {
    expect(grow(count, 1).map(({ n }) => n)).toEqual(numbers);
  });

  it('[A36a] the last of each day stays for good', () => {
    const kept = grow(100, hour).map(({ n }) => n);
    for (const last of [23, 47, 71, 95]) expect(kept).toContain(last);
    expect(kept.length).toBeLessThan(15);
  });

  it('[A36a] however far back one looks, one begins at most twice as far back, and they stay few', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.nat(2 * hour), (count, stepMs) => {
        const kept = grow(count, stepMs);
        const days = Math.ceil((count * stepMs) / (24 * hour)) + 1;
        expect(kept.length).toBeLessThanOrEqual(days + Math.ceil(Math.log2(count + 1)) + 2);
        for (let back = 1; back < count; back *= 2) {
          const distances = kept.map(({ n }) => count - 1 - n);
          expect(distances.some((far) => far >= back && far < 2 * back) || 2 * back > count).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
