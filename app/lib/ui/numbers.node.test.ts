import { afterAll, expect, it } from 'vitest';
import { getLocale, locales, overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { countQuestions, formatNumber } from './numbers.ts';

const mine = getLocale;
afterAll(() => overwriteGetLocale(mine));

it.each(locales)('[U247] numbers are written as %s writes them', (locale) => {
  overwriteGetLocale(() => locale);
  const asked = [0, 1, 12, 999, 1000, 12_345, -1, -1234, 0.5, 999.5, NaN, Infinity];
  const intl = new Intl.NumberFormat(locale);
  expect(asked.map(formatNumber)).toEqual(asked.map((value) => intl.format(value)));
});

it('[U247] and counted questions too', () => {
  overwriteGetLocale(() => 'en');
  expect([1, 5406].map(countQuestions)).toEqual(['1 question', '5,406 questions']);
  overwriteGetLocale(() => 'de');
  expect([1, 5406].map(countQuestions)).toEqual(['1 Frage', '5.406 Fragen']);
});
