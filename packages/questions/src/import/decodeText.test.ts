import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf } from './decodeText.ts';
import { bytesOf } from './openTriviaQa.fixture.ts';

const textOf = (...parts: (string | number)[]) => [...linesOf(bytesOf(...parts))][0]?.text;

test('[Q10] LF, CR and CRLF each end a line, also mixed in one file', () => {
  const lines = [...linesOf(bytesOf('a\nb\rc\r\n\r\nd'))];
  expect(lines.map(({ number, text }) => `${number}${text}`)).toEqual(['1a', '2b', '3c', '4', '5d']);
  expect(lines.at(-1)?.end).toBe(10);
});

test('[Q11] valid UTF-8 is kept as it is, whatever it says', () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'é', '“', 'ß', 'Ж', '日', '🎉', '’', 'ñ', ' ') });
  fc.assert(
    fc.property(line, (text) => {
      expect(textOf(`-${text}`)).toBe(`-${text}`);
    }),
  );
});

test('[Q11] a byte order mark at the start of the file is no text', () => {
  expect(textOf(0xef, 0xbb, 0xbf, '#Q')).toBe('#Q');
});

test('[Q11] other bytes are Windows-1252, also beside valid UTF-8 in one line', () => {
  expect(textOf('Who won the ', 0x93, 'Treble', 0x94, '?')).toBe('Who won the “Treble”?');
  expect(textOf('Brummb', 0xe4, 'r – “yes”')).toBe('Brummbär – “yes”');
});

test.each([
  ['overlong', [0xc0, 0xaf], 'À¯'],
  ['a surrogate', [0xed, 0xa0, 0x80], 'í\u00a0€'],
  ['cut off', [0xe2, 0x82], 'â‚'],
  ['past the last character', [0xf4, 0x90, 0x80, 0x80], 'ô\u0090€€'],
])('[Q11] a sequence that is %s is not UTF-8 and reads as Windows-1252', (_, bytes, text) => {
  expect(textOf('-', ...bytes, '-')).toBe(`-${text}-`);
});

test('[Q11] a crooked byte spoils no other line', () => {
  const lines = [...linesOf(bytesOf('é\n', 0xe9, '\né'))];
  expect(lines.map(({ text }) => text)).toEqual(['é', 'é', 'é']);
});

test('[Q12] a closing quotation mark whose last byte became a question mark is restored', () => {
  expect(textOf('“Badger State', 0xe2, 0x80, '?, was given')).toBe('“Badger State”, was given');
});

test('[Q12] a letter whose last byte became a question mark inside a word is marked as lost', () => {
  expect(textOf(0xd0, '?n oxygen tank')).toBe('\ufffdn oxygen tank');
  expect(textOf('φ', 0xcf, '?σις')).toBe('φ\ufffdσις');
});

test('[Q12] a Windows-1252 letter before a true question mark is nothing lost', () => {
  expect(textOf('Ol', 0xc9, '? Ol', 0xe9, '?')).toBe('OlÉ? Olé?');
});
