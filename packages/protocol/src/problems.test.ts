import { describe, expect, it } from 'vitest';
import { Problem, closeFor, limits, problems, toProblem } from './index.ts';

describe('[W4] one table of codes', () => {
  it.each([...problems.values()])('$code says what happened and what to do', (row) => {
    expect(row.code).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(row.close).toBe(4000 + row.status);
    expect(row.detail.length).toBeGreaterThan(20);
    expect(row.detail).toMatch(/[.!]$/);
    expect(closeFor(row.code).reason.length).toBeLessThanOrEqual(123);
    expect(Problem.safeParse(toProblem(row.code)).success).toBe(true);
  });

  it("a game's own refusal gets the row of a refusal and keeps its code", () => {
    expect(toProblem('not_your_turn', { detail: 'Wait for your turn.' })).toEqual({
      type: 'urn:fairground:problem:not_your_turn',
      title: 'The rules say no',
      status: 422,
      code: 'not_your_turn',
      detail: 'Wait for your turn.',
    });
  });
});

it.each(Object.entries(limits))('[W5] the limit %s has a code of the table', (_, limit) => {
  expect(limit.max).toBeGreaterThan(0);
  expect(problems.has(limit.code)).toBe(true);
});
