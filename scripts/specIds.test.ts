import { describe, expect, it } from 'vitest';
import { limitFaults, specFaults } from './specIds.ts';

const spec = { file: 'docs/spec/x.md', text: '# X\n\n- **X1** one.\n- **X2** two.\n' };
const faultsOf = (text: string): readonly string[] => specFaults([spec], [{ file: 'x.test.ts', text }]);

describe('specIds', () => {
  it.each([
    ["it('[X1][X2] both', () => {});"],
    ["describe('[X1] outer', () => { it.each([1])('[X2] inner %s', () => {}); });"],
    [
      "test.skipIf(false)('[X1] a', () => {}); test('[X2] b', async () => { await test.step('a step', go); });",
    ],
    ["test.describe('[X1][X2] a suite', () => { test('a', go); });"],
    ['it(`[X1] ${name}`, go); it("[X2] b", go);'],
    ["it('[X1] pattern', () => { expect(/x/.test('no title')).toBe(true); }); it('[X2] b', go);"],
  ])('[TOOL1] agrees with %s', (text) => {
    expect(faultsOf(text)).toEqual([]);
  });

  it('[TOOL1] a rule without a test is a fault', () => {
    expect(faultsOf("it('[X1] a', go);")).toEqual(['docs/spec/x.md: X2 has no test']);
  });

  it('[TOOL1] a test without a rule is a fault', () => {
    expect(faultsOf("it('[X1][X2] a', go);\nit('b', go);")).toEqual(['x.test.ts:2 names no rule: b']);
  });

  it('[TOOL1] a test of an unknown rule is a fault', () => {
    expect(faultsOf("it('[X1][X2][X3] a', go);")).toEqual(['x.test.ts:1 names X3, which no spec has']);
  });

  it('[TOOL1] a rule defined twice is a fault', () => {
    expect(specFaults([spec, spec], [])).toContain('X1 is defined twice');
  });
});

describe('limitFaults', () => {
  const code = [{ file: 'x.ts', text: 'take(limits.frameBytes, limits.syncs)' }];
  const faults = (title: string) =>
    limitFaults(
      ['frameBytes', 'syncs', 'unread'],
      [{ file: 'x.test.ts', text: `it('${title}', go);` }],
      code,
    );

  it('[TOOL1] a row of the limits table that no test names is a fault, and so is a name that is no row', () => {
    expect(faults('[X1] limit frameBytes, limit syncs: both')).toEqual([]);
    expect(faults('[X1] limit syncs: one')).toEqual(['limit frameBytes has no test that names it']);
    expect(faults('[X1] limit frameBytes, limit syncs, limit sink: all')).toEqual([
      'limit sink is tested and is none',
    ]);
  });
});
