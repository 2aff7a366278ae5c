/** What is compared of an answer in words: its letters and digits, without case, accents, blanks, marks and a leading article. */
import { foldName } from '../../names/name.ts';
import { plainLetters } from './letterTable.ts';

/** Of the languages that people mostly ask in. Both sides lose theirs, so a title that begins with one still meets itself. */
const ARTICLES: ReadonlySet<string> = new Set(
  'the a an der die das ein eine le la les l un une el los las lo il i gli uno una de het een o os as um uma'.split(
    ' ',
  ),
);

/** How umlauts are written where there are none. */
const UMLAUTS: ReadonlyMap<string, string> = new Map([
  ['ä', 'ae'],
  ['ö', 'oe'],
  ['ü', 'ue'],
]);

/** One key, or two where letters can be written out in two ways: `Köln` is `koln` and `koeln`. Without a letter or digit it is its own. */
export function keysOf(text: string): readonly string[] {
  const folded = foldName(text);
  const plain = keyOf(folded, plainOf);
  const written = keyOf(folded, (letter) => UMLAUTS.get(letter) ?? plainOf(letter));
  if (plain === '') return [folded.trim()];
  return plain === written ? [plain] : [plain, written];
}

/** The digits of a key in order: a year that is one off is another year. */
export function digitsOf(key: string): string {
  return [...key].filter((character) => character >= '0' && character <= '9').join('');
}

function keyOf(folded: string, write: (letter: string) => string): string {
  const parts: string[] = [''];
  for (const character of folded) {
    if (isPart(character)) parts[parts.length - 1] += write(character);
    else if (parts[parts.length - 1] !== '') parts.push('');
  }
  const words = parts.filter((part) => part !== '');
  return (words.length > 1 && ARTICLES.has(words[0] ?? '') ? words.slice(1) : words).join('');
}

function plainOf(letter: string): string {
  return plainLetters.get(letter) ?? letter;
}

/** Letters and digits of any script; what stands between and around them is not. */
function isPart(character: string): boolean {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x80) return (point >= 0x30 && point <= 0x39) || (point >= 0x61 && point <= 0x7a);
  return !between.some(([from, to]) => point >= from && point <= to);
}

/** Blocks of punctuation and symbols (Unicode 16). */
const between: readonly (readonly [from: number, to: number])[] = [
  [0x80, 0xa9],
  [0xab, 0xb4],
  [0xb6, 0xb9],
  [0xbb, 0xbf],
  [0xd7, 0xd7],
  [0xf7, 0xf7],
  [0x2000, 0x206f],
  [0x20a0, 0x20cf],
  [0x2190, 0x2bff],
  [0x2e00, 0x2e7f],
  [0x3000, 0x3004],
  [0x3008, 0x3020],
  [0x30fb, 0x30fb],
  [0xfe10, 0xfe1f],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff0f],
  [0x1f000, 0x1faff],
];
