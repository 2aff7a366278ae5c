import { expect, test } from 'vitest';
import { repairHomoglyphs } from './homoglyphs.ts';

test.each([
  ['\u0422he Knight', 'The Knight'],
  ['\u0415l Dorado', 'El Dorado'],
  ['\u0410 full-size pickup', 'A full-size pickup'],
  ['microscop\u0435', 'microscope'],
])('[Q14] a Cyrillic look-alike in Latin text becomes Latin: %j', (slip, meant) => {
  expect(repairHomoglyphs(slip)).toBe(meant);
});

test.each(['KoЯn', 'С Рождеством Христовым (D Rojdestvom)', 'СССР', 'Р', 'π'])(
  '[Q14] text that means its own alphabet stays: %j',
  (text) => {
    expect(repairHomoglyphs(text)).toBe(text);
  },
);
