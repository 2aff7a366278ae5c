import { expect, it } from 'vitest';
import { endWords, whyRefused } from './reasonWords.ts';

it.each('finished no_questions abandoned authority_default last_stone out_of_time left'.split(' '))(
  '[C99] says in words that a match ended by %s',
  (reason) => expect(endWords(reason)).toMatch(/^[^_]+ [^_]+$/u),
);

it.each(['not_host', 'too_late', 'paused', 'full'])(
  '[C99] says in words why a wish was refused: %s',
  (code) => expect(whyRefused(code)).toMatch(/^[^_]+ [^_]+$/u),
);

it('[C99] shows a code that has no words, and is not fooled by names of built-in properties', () => {
  expect([endWords('made_up'), whyRefused('constructor')]).toEqual(['made_up', 'constructor']);
});
