import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText, normalText } from './text.ts';

test('[Q2] text is stored as NFC on one line with single spaces and without invisible characters', () => {
  expect(cleanText('  Cafe\u0301 \r\n\t au\u00a0lait\u200b \u202eright to left ')).toBe(
    'Café au lait right to left',
  );
});

test('[Q2] cleaning twice changes nothing more, and a lone surrogate does not survive', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (raw) => {
      const clean = cleanText(raw);
      expect(cleanText(clean)).toBe(clean);
      expect(clean.isWellFormed()).toBe(true);
    }),
  );
  expect(cleanText('a\ud800b')).toBe('a\ufffdb');
});

test.each([
  ['What’s the  capital of France?', 'whats the capital of france'],
  ['STRASSE', 'straße'],
  ['Spider-Man: Homecoming', 'spider man homecoming'],
])('[Q1] %j and %j compare as the same text', (one, other) => {
  expect(normalText(one)).toBe(normalText(other));
});

test.each([
  ['-5', '5'],
  ['C++', 'C'],
  ['?', '!'],
  ['x = 3', 'x = -3'],
])('[Q1] %j and %j compare as different texts', (one, other) => {
  expect(normalText(one)).not.toBe(normalText(other));
});
