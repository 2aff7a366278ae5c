/** Counts what a step of the gate did, from its exit code and, where there is one, its JSON report. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A step without a report is one check. */
export function tallyCheck(exitCode: number): Tally {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** Vitest's JSON report (Jest's form). */
export function tallyVitest(report: unknown, exitCode: number): Tally {
  return atLeastOneFailure(exitCode, {
    passed: count(report, 'numPassedTests'),
    failed: count(report, 'numFailedTests'),
    skipped: count(report, 'numPendingTests') + count(report, 'numTodoTests'),
  });
}

/** Playwright's JSON report. A flaky test failed once, so it failed. */
export function tallyPlaywright(report: unknown, exitCode: number): Tally {
  const stats = field(report, 'stats');
  return atLeastOneFailure(exitCode, {
    passed: count(stats, 'expected'),
    failed: count(stats, 'unexpected') + count(stats, 'flaky'),
    skipped: count(stats, 'skipped'),
  });
}

export function sum(tallies: readonly Tally[]): Tally {
  const add = (a: Tally, b: Tally): Tally => ({
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  });
  return tallies.reduce(add, { passed: 0, failed: 0, skipped: 0 });
}

/** A runner may fail before or beside its tests: a file that cannot be read, an unhandled rejection, no tests at all. */
function atLeastOneFailure(exitCode: number, tally: Tally): Tally {
  const isSilent = exitCode !== 0 || tally.passed === 0;
  return isSilent && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

function count(report: unknown, name: string): number {
  const value = field(report, name);
  return typeof value === 'number' ? value : 0;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
