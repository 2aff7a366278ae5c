import { describe, expect, it } from 'vitest';
import { planCords, sagAt } from './cords.ts';

describe('[U83] people on the cord', () => {
  it.each([
    [0, 5, 2],
    [10, 5, 2],
    [11, 7, 3],
    [21, 7, 3],
    [22, 10, 4],
    [40, 10, 4],
    [500, 10, 4],
  ])('%i of them hang in %i columns and %i rows', (seats, columns, rows) => {
    expect(planCords(seats)).toEqual({ columns, rows });
  });

  it('hang lowest in the middle and the same on both sides', () => {
    expect(sagAt(2, 5)).toBe(1);
    expect(sagAt(0, 5)).toBeCloseTo(sagAt(4, 5), 12);
    expect(sagAt(0, 5)).toBeLessThan(sagAt(1, 5));
  });
});
