import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bulbsLit, isLate, secondsLeft, spokenMark } from './countdown.ts';

describe('[U1] the wheel', () => {
  it.each([
    [20_000, 20_000, 20, 20, false],
    [19_999, 20_000, 20, 20, false],
    [12_000, 20_000, 12, 12, false],
    [3_000, 20_000, 3, 3, true],
    [1, 20_000, 1, 1, true],
    [0, 20_000, 0, 0, false],
    [-50, 20_000, 0, 0, false],
    [60_000, 120_000, 60, 10, false],
  ])('%i of %i ms: %i seconds, %i bulbs, late %s', (left, window, seconds, bulbs, late) => {
    expect([secondsLeft(left), bulbsLit(left, window), isLate(left)]).toEqual([seconds, bulbs, late]);
  });

  it('never has more bulbs than twenty, nor fewer later than sooner', () => {
    const times = fc.tuple(
      fc.integer({ min: -1000, max: 130_000 }),
      fc.nat(10_000),
      fc.integer({ min: 1, max: 120_000 }),
    );
    fc.assert(
      fc.property(times, ([left, more, window]) => {
        const [now, before] = [bulbsLit(left, window), bulbsLit(left + more, window)];
        expect(now).toBeLessThanOrEqual(before);
        expect(before).toBeLessThanOrEqual(20);
      }),
    );
  });
});

describe('[U2] what is spoken', () => {
  it.each([
    [11, 10, 10],
    [10, 9, undefined],
    [6, 5, 5],
    [4, 3, 3],
    [3, 2, undefined],
    [12, 4, 5],
    [12, 2, 3],
    [1, 0, undefined],
    [20, 0, undefined],
  ])('from %i to %i seconds: %s', (before, after, mark) => {
    expect(spokenMark(before, after)).toBe(mark);
  });
});
