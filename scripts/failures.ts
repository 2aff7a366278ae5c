/**
 * Names what failed in a step, and why in a few words, from the runner's JSON report: a log of thousands of lines is read from
 * its end, and often only the end of it is kept.
 */
export interface Failure {
  /** Where and what, as the runner names it. */
  readonly title: string;
  /** The first lines of the reason. */
  readonly reason: string;
}

const REASON_LINES = 4;

/** Vitest's JSON report (Jest's form): failed tests, and files that failed before or beside their tests. */
export function failuresOfVitest(report: unknown): readonly Failure[] {
  return list(report, 'testResults').flatMap((file) => {
    const name = text(file, 'name');
    const tests = list(file, 'assertionResults').filter((test) => text(test, 'status') === 'failed');
    if (tests.length === 0 && text(file, 'status') === 'failed')
      return [{ title: name, reason: firstLines(text(file, 'message')) }];
    return tests.map((test) => ({
      title: `${name} › ${text(test, 'fullName')}`,
      reason: firstLines(list(test, 'failureMessages').map(String).join('\n')),
    }));
  });
}

/** What broke beside the tests, as `unhandledReporter.ts` wrote it. */
export function failuresBeside(faults: unknown): readonly Failure[] {
  const texts: readonly unknown[] = Array.isArray(faults) ? faults : [];
  return texts.map((text) => ({ title: 'beside the tests', reason: firstLines(String(text)) }));
}

/** Playwright's JSON report: suites in suites; a flaky test failed once, so it is named. */
export function failuresOfPlaywright(report: unknown): readonly Failure[] {
  return list(report, 'suites').flatMap((suite) => [
    ...failuresOfPlaywright(suite),
    ...list(suite, 'specs').flatMap((spec) =>
      list(spec, 'tests')
        .filter((test) => ['unexpected', 'flaky'].includes(text(test, 'status')))
        .map((test) => ({
          title: `${text(spec, 'file')} › ${text(spec, 'title')}`,
          reason: firstLines(reasonOf(test)),
        })),
    ),
  ]);
}

function reasonOf(test: unknown): string {
  const errors = list(test, 'results').flatMap((result) => list(result, 'errors'));
  return errors.map((error) => text(error, 'message')).find((message) => message !== '') ?? '';
}

function firstLines(message: string): string {
  const lines = plain(message)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.slice(0, REASON_LINES).join('\n');
}

/** Without the colours of a terminal. */
function plain(message: string): string {
  return message.replaceAll(/\u{1B}\[[0-9;]*m/gu, '');
}

function list(value: unknown, name: string): readonly unknown[] {
  const found = field(value, name);
  return Array.isArray(found) ? found : [];
}

function text(value: unknown, name: string): string {
  const found = field(value, name);
  return typeof found === 'string' ? found : '';
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
