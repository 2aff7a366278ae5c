import fc from 'fast-check';
import { expect, test } from 'vitest';
import { repairMojibake } from './mojibake.ts';
import { windows1252 } from './windows1252.ts';

const doubled = (text: string) => Array.from(new TextEncoder().encode(text), windows1252).join('');

test.each([
  ['BeyoncÃ©', 'Beyoncé'],
  ['SÃ£o TomÃ© and PrÃ\u00adncipe', 'São Tomé and Príncipe'],
  ['donâ€™t', 'don’t'],
  ['â€œyesâ€\u009d', '“yes”'],
  ['20 Â°C', '20 °C'],
  ['Ã–sterreich', 'Österreich'],
  ['cÅ“ur', 'cœur'],
  ['BeyoncÃƒÂ©', 'Beyoncé'],
  ['don\u0092t', 'don’t'],
])('[Q13] %j can only mean %j', (broken, meant) => {
  expect(repairMojibake(broken)).toBe(meant);
});

test.each([
  'CAFÉ’S',
  'À la “carte”',
  'MAÇÃ’S',
  'Ångström',
  'Ä “quote”',
  'â la',
  'São Tomé',
  'Đặng',
  '£5 – €6',
])('[Q13] %j means itself', (text) => {
  expect(repairMojibake(text)).toBe(text);
});

test('[Q13] every Latin-1 letter inside a lower-case word comes back from double encoding', () => {
  const letters = Array.from({ length: 0x40 }, (_, index) => String.fromCharCode(0xc0 + index)).join('');
  fc.assert(
    fc.property(fc.constantFrom(...Array.from(letters)), (letter) => {
      expect(repairMojibake(`x${doubled(letter)}y`)).toBe(`x${letter}y`);
    }),
  );
});
