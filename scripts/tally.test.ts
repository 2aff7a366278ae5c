import { describe, expect, it } from 'vitest';
import { sum, tallyCheck, tallyPlaywright, tallyVitest } from './tally.ts';

const vitestReport = { numPassedTests: 7, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 };

describe('[TOOL3] tally', () => {
  it('a check counts as one', () => {
    expect(tallyCheck(0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(tallyCheck(2)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it("counts each of vitest's tests", () => {
    expect(tallyVitest(vitestReport, 1)).toEqual({ passed: 7, failed: 2, skipped: 2 });
  });

  it('counts a flaky browser test as failed', () => {
    const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 0 };
    expect(tallyPlaywright({ stats }, 1)).toEqual({ passed: 3, failed: 2, skipped: 0 });
  });

  it.each([
    ['a report that is missing', undefined, 1],
    ['a run that fails beside its tests', { numPassedTests: 7, numFailedTests: 0 }, 1],
    ['a run of no tests', { numPassedTests: 0, numFailedTests: 0 }, 0],
  ])('%s is one failure', (_name, report, exitCode) => {
    expect(tallyVitest(report, exitCode).failed).toBe(1);
  });

  it('sums', () => {
    expect(sum([tallyCheck(0), tallyCheck(1), tallyVitest(vitestReport, 1)])).toEqual({
      passed: 8,
      failed: 3,
      skipped: 2,
    });
  });
});
