import { describe, expect, it } from 'vitest';
import { failuresBeside, failuresOfPlaywright, failuresOfVitest } from './failures.ts';

describe('[TOOL13] failures', () => {
  it("names each of vitest's failed tests with its reason", () => {
    const report = {
      testResults: [
        {
          name: 'relay/src/a.test.ts',
          status: 'failed',
          assertionResults: [
            { status: 'passed', fullName: 'a holds', failureMessages: [] },
            {
              status: 'failed',
              fullName: 'b holds',
              failureMessages: ['\u{1B}[31mexpected 1\u{1B}[39m\n\nto be 2'],
            },
          ],
        },
      ],
    };
    expect(failuresOfVitest(report)).toEqual([
      { title: 'relay/src/a.test.ts › b holds', reason: 'expected 1\nto be 2' },
    ]);
  });

  it('names a file that failed before its tests', () => {
    const file = { name: 'a.test.ts', status: 'failed', message: 'no such module', assertionResults: [] };
    expect(failuresOfVitest({ testResults: [file] })).toEqual([
      { title: 'a.test.ts', reason: 'no such module' },
    ]);
  });

  it('names failed and flaky browser tests, however deep their suite is', () => {
    const spec = (title: string, status: string) => ({
      title,
      file: 'door.ts',
      tests: [{ status, results: [{ errors: [] }, { errors: [{ message: `${title}: too late` }] }] }],
    });
    const suites = [
      {
        specs: [spec('one', 'expected'), spec('two', 'flaky')],
        suites: [{ specs: [spec('three', 'unexpected')] }],
      },
    ];
    expect(failuresOfPlaywright({ suites })).toEqual([
      { title: 'door.ts › three', reason: 'three: too late' },
      { title: 'door.ts › two', reason: 'two: too late' },
    ]);
  });

  it('names what broke beside the tests', () => {
    expect(failuresBeside(['a promise: nobody waited\n    at it.ts:1'])).toEqual([
      { title: 'beside the tests', reason: 'a promise: nobody waited\n    at it.ts:1' },
    ]);
    expect(failuresBeside(undefined)).toEqual([]);
  });

  it('says nothing of a report that is missing', () => {
    expect([failuresOfVitest(undefined), failuresOfPlaywright(undefined)]).toEqual([[], []]);
  });
});
