import { describe, expect, it } from 'vitest';
import { impurities } from './pureRules.ts';

const impure: readonly (readonly [string, string])[] = [
  ['const t = Date.now();', 'Date'],
  ['const t = new Date();', 'Date'],
  ['const r = Math.random();', 'Math.random'],
  ['const r = Math["random"]();', 'Math["random"]'],
  ['const { random } = Math;', '{ random } = Math'],
  ['const r = Math.sqrt(2);', 'Math.sqrt'],
  ['const p = 2 ** 3;', '** (multiply, or use a table)'],
  ['const half = 0.5;', 'fraction 0.5'],
  ['async function f() {}', 'async'],
  ['const s = "A".toLowerCase();', '.toLowerCase'],
  ['const s = "A".localeCompare("b");', '.localeCompare'],
  ['const c = new Intl.Collator();', 'Intl'],
  ['console.log(1);', 'console'],
  ['const a = [2, 1].sort();', '.sort() without a comparator'],
  ['const a = [2, 1].toSorted();', '.toSorted() without a comparator'],
  ["import { readFileSync } from 'node:fs';", 'import of node:fs'],
];

const pure: readonly string[] = [
  'const a = [2, 1].toSorted((x, y) => x - y);',
  'const n = Math.floor(7 / 2);',
  'const n = 1_000_000n * 3n;',
  "import type { Entry } from '@fairground/ledger';",
  'interface Clock { readonly performance: number }',
  'const clock = { process: 1, console: 2 }; clock.process + clock.console;',
];

describe('pureRules', () => {
  it.each(impure)('[TOOL2] refuses %s', (text, what) => {
    expect(impurities('x.ts', text).map((found) => found.what)).toContain(what);
  });

  it.each(pure)('[TOOL2] allows %s', (text) => {
    expect(impurities('x.ts', text)).toEqual([]);
  });

  it('[TOOL2] names the line', () => {
    expect(impurities('x.ts', '\n\nconst t = Date.now();')).toEqual([
      { file: 'x.ts', line: 3, what: 'Date' },
    ]);
  });
});
