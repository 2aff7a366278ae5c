import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { figureTable, type Result } from './benchDocs.ts';

const machine = { node: 'v26.10.0', cpus: 2, model: 'A Processor' };
const result = (target: string, measures: Result['measures']): Result => ({
  ...{ target, title: `Title of ${target}`, at: '2026-11-27T12:00:00.000Z', machine, measures },
});
const results = [
  result('P10', [{ what: 'slow', value: 300, unit: 'ms', atMost: 200, because: 'the target', met: false }]),
  result('P2', [
    { what: 'quick', value: 6, unit: 's', atMost: 7, peer: 12, because: '0.6 × 12, same run', met: true },
    { what: 'quicker', value: 1, unit: 's', atMost: 2, because: 'a | b', met: true },
  ]),
];

describe('benchDocs', () => {
  it('[TOOL9] has a row for each measure, by target, with its ratio, its limit and by how much that is missed', () => {
    expect(figureTable(results).split('\n')).toEqual([
      '|  | what | median | of its peer | at most |  |',
      '| --- | --- | --- | --- | --- | --- |',
      '| P2 | Title of P2: quick | 6.00 s | × 0.50 | 7.00 (0.6 × 12, same run) | met |',
      '|  | quicker | 1.00 s |  | 2.00 (a \\| b) | met |',
      '| P10 | Title of P10: slow | 300 ms |  | 200 (the target) | **missed** by × 1.50 |',
      '',
      'Measured on 2 cores of A Processor, Node v26.10.0: 2026-11-27.',
    ]);
  });

  it('[TOOL9] says which figures are of a machine that had other work', () => {
    const [first] = results;
    if (!first) throw new Error('there is a result');
    const busy = figureTable([...results, { ...first, target: 'P9', machine: { ...machine, load: 27.6 } }]);
    expect(busy).toContain(
      'Node v26.10.0: 2026-11-27. Measured on 2 cores of A Processor, Node v26.10.0; P9 while 28 other tasks wanted these cores: 2026-11-27.',
    );
  });

  it('[TOOL9] a README that does not show the results is found, and put right', () => {
    const folder = mkdtempSync(join(tmpdir(), 'fairground-figures-'));
    const run = (...flags: string[]) =>
      execFileSync(process.execPath, [new URL('./benchDocs.ts', import.meta.url).pathname, ...flags], {
        cwd: folder,
        stdio: 'pipe',
      });
    try {
      mkdirSync(join(folder, 'bench/results'), { recursive: true });
      writeFileSync(join(folder, 'bench/results/a.json'), JSON.stringify(results[0]));
      writeFileSync(
        join(folder, 'README.md'),
        '<!-- figures: written by scripts/benchDocs.ts -->\n<!-- figures: end -->\n',
      );
      expect(() => run('--check')).toThrow('README.md is not current');
      run();
      run('--check');
      expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain('Title of P10');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
