import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldRuns } from './foldTable.ts';
import { foldName, isName, MAX_NAME_LENGTH } from './name.ts';

describe('names', () => {
  const good = [
    'Al',
    'Zoë',
    'Ana Ruiz',
    '李雷',
    'Ωmega',
    'x',
    '🦊',
    '❤️ Bo',
    "O'Neill-7",
    'ﬁ',
    'a'.repeat(24),
    '𝒳'.repeat(24),
  ];
  it.each(good)('[R10] %s is a name', (name) => {
    expect(isName(name)).toBe(true);
  });

  const bad: readonly (readonly [string, string])[] = [
    ['nothing', ''],
    ['a blank', ' '],
    ['a blank before', ' Al'],
    ['a blank after', 'Al '],
    ['two blanks', 'A  l'],
    ['25 characters', 'a'.repeat(MAX_NAME_LENGTH + 1)],
    ['a control', 'A\u0007l'],
    ['a line feed', 'A\nl'],
    ['a no-break space', 'A\u00a0l'],
    ['a zero-width space', 'A\u200bl'],
    ['a zero-width joiner', 'A\u200dl'],
    ['a right-to-left override', 'A\u202el'],
    ['a bidirectional isolate', 'A\u2066l'],
    ['a soft hyphen', 'A\u00adl'],
    ['a Hangul filler', '\u3164'],
    ['a Braille blank', '\u2800'],
    ['a byte order mark', '\ufeffAl'],
    ['a tag character', 'A\u{e0041}l'],
    ['private use', '\ue000'],
    ['a lone surrogate', 'A\ud800'],
    ['only a variation selector', '\ufe0f'],
  ];
  it.each(bad)('[R10] %s is no name', (_what, name) => {
    expect(isName(name)).toBe(false);
  });

  it.each([
    ['ALEX', 'alex'],
    ['Ａｌｅｘ', 'alex'],
    ['𝐀𝐥𝐞𝐱', 'Alex'],
    ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
    ['МИР', 'мир'],
    ['❤\ufe0f', '❤'],
  ])('[R11] %s and %s are the same name', (a, b) => {
    expect(foldName(a)).toBe(foldName(b));
  });

  it.each([
    ['a tower of marks', `a${'\u0316'.repeat(3)}`],
    ['a mark on nothing', '\u0301a'],
    ['a mark on a blank', 'a \u0301b'],
    ['only marks', '\u0300\u0301'],
  ])('[X50] %s is no name', (_what, name) => {
    expect(isName(name)).toBe(false);
  });

  it.each(['ọ̀', 'Ṣọlá', '1️⃣', 'Лё́ва'])('[X50] %s is', (name) => {
    expect(isName(name.normalize('NFC'))).toBe(true);
  });

  it.each([
    ['Ada\u0332', 'Ada'],
    ['Аda', 'Ada'],
    ['AДA', 'aда'],
    ['Zое', 'Zoe'],
    ['ΑΝΝΑ', 'Anna'],
    ['ԜІLL', 'will'],
    ['օտ', 'oտ'],
  ])('[X41] %s and %s are drawn alike in two scripts: the same name', (a, b) => {
    expect(foldName(a)).toBe(foldName(b));
  });

  it.each([
    ['Zoe', 'Zoë'],
    ['Яна', 'Aна'],
    ['Al', 'Ai'],
    ['A l', 'Al'],
  ])('[R11] %s and %s are two names', (a, b) => {
    expect(foldName(a)).not.toBe(foldName(b));
  });

  it('[R11] folding twice is folding once, and what is a name stays one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 24 }), (text) => {
        expect(foldName(foldName(text))).toBe(foldName(text));
      }),
    );
  });

  it('[R11] the table is ascending and without overlap', () => {
    for (let i = 4; i < foldRuns.length; i += 4) {
      expect(foldRuns[i]).toBeGreaterThan(foldRuns[i - 3] ?? 0);
      expect(foldRuns[i + 1]).toBeGreaterThanOrEqual(foldRuns[i] ?? 0);
    }
  });
});
