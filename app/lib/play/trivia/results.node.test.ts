import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resultsCsv } from './resultsCsv.ts';
import type { TriviaView } from './view.ts';

const seat = (name: string) => ({
  ...{ id: name, name, rank: 1, points: 1323, right: 2, asked: 3, answered: 3, bestStreak: 2 },
  ...{ meanMs: null, fastestMs: 900, beats: 50 },
});
const csvOf = (...names: string[]) =>
  resultsCsv({ over: { seats: names.map(seat) } } as unknown as TriviaView);

/** As RFC 4180 says, and nothing else. */
function parse(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gu)) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end !== ',') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('[U91] the result as a table', () => {
  it('has a row for each seat under a head, read as UTF-8', () => {
    const text = csvOf('Jörg', 'Ana');
    expect(text.startsWith('\uFEFF')).toBe(true);
    const [head, first] = parse(text.slice(1));
    expect(head).toHaveLength(9);
    expect(first).toEqual(['1', 'Jörg', '1323', '2', '3', '3', '2', '', '900']);
  });

  it('keeps every name whole, and none is a formula', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const cell = parse(csvOf(name).slice(1))[1]?.[1] ?? '';
        expect(cell.replace(/^'/u, '')).toBe(name.replace(/^'/u, ''));
        expect(cell).not.toMatch(/^[=+\-@\t\r]/u);
      }),
    );
  });
});
