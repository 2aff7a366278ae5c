import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createQuestion } from './createQuestion.ts';
import type { QuestionDraft } from './createQuestion.ts';
import { exportQuestions } from './export.ts';
import { importQuestions } from './import/importQuestions.ts';
import { KINDS } from './kinds.ts';
import { parseQuestion } from './question.ts';
import { meaningKey } from './questionId.ts';
import { aQuestion, DRAFT, ONE_OF_EACH } from './testQuestion.ts';

const refusalOf = (changes: Partial<QuestionDraft>) => {
  const made = createQuestion({ ...DRAFT, ...changes });
  return made.ok ? 'taken' : made.code;
};
const HASH = 'ab'.repeat(32);

test('[Q9] there is a question of every kind, and each is what the schema takes from outside', () => {
  expect(ONE_OF_EACH.map(({ kind }) => kind)).toEqual(KINDS);
  for (const question of ONE_OF_EACH) expect(parseQuestion(question)).toEqual({ ok: true, value: question });
});

test.each([
  ['no_right_answer', { kind: 'multi', correct: [] }],
  ['invalid_question', { kind: 'multi', correct: [1, 1] }],
  ['right_answer_not_among', { kind: 'multi', correct: [0, 3] }],
  ['too_few_answers', { kind: 'multi', answers: ['Perth'], correct: [0] }],
  ['taken', { kind: 'multi', correct: [0, 1, 2] }],
  ['too_few_answers', { kind: 'text', answers: [], correct: [] }],
  ['not_all_right', { kind: 'text', correct: [0] }],
  ['taken', { kind: 'text', answers: ['Canberra'], correct: [] }],
  ['too_many_answers', { kind: 'text', answers: Array.from({ length: 13 }, (_, n) => `${n}`), correct: [] }],
  ['not_all_right', { kind: 'order', correct: [0, 1] }],
  ['invalid_question', { kind: 'order', correct: [2, 1, 0] }],
  ['answers_repeat', { kind: 'order', answers: ['Perth', 'PERTH'], correct: [] }],
  ['right_answer_not_wanted', { kind: 'poll' }],
  ['taken', { kind: 'poll', correct: [] }],
  ['invalid_number', { kind: 'number', answers: [], correct: [] }],
  ['too_many_answers', { kind: 'number', number: { value: 3, decimals: 0 } }],
  ['invalid_number', { number: { value: 3, decimals: 0 } }],
] as const)('[Q9] each kind has its rule for what is right: %s for %j', (code, changes) => {
  expect(refusalOf(changes)).toBe(code);
});

test.each([
  ['taken', { value: Number.MAX_SAFE_INTEGER, decimals: 6, unit: 'm' }],
  ['invalid_number', { value: Number.MAX_SAFE_INTEGER + 1, decimals: 0 }],
  ['invalid_number', { value: 0.5, decimals: 0 }],
  ['invalid_number', { value: -0, decimals: 0 }],
  ['invalid_number', { value: 1, decimals: 7 }],
  ['invalid_number', { value: 1, decimals: 0, unit: '' }],
  ['invalid_number', { value: 1, decimals: 0, unit: 'x'.repeat(17) }],
] as const)('[Q9] the number of an estimate is an exact fixed-point number: %s for %j', (code, number) => {
  expect(refusalOf({ kind: 'number', answers: [], correct: [], number })).toBe(code);
});

test.each([
  ['taken', { windowMs: 5_000, points: 0 }],
  ['taken', { windowMs: 120_000, points: 10_000 }],
  ['invalid_window', { windowMs: 4_999 }],
  ['invalid_window', { windowMs: 120_001 }],
  ['invalid_points', { points: 10_001 }],
  ['invalid_points', { points: -1 }],
  ['taken', { image: { hash: HASH, alt: ' A  city ' } }],
  ['invalid_image', { image: { hash: HASH, alt: '' } }],
  ['invalid_image', { image: { hash: HASH.toUpperCase(), alt: 'A city' } }],
] as const)(
  '[Q6] a question may have a time, points and a picture within limits: %s for %j',
  (code, changes) => {
    expect(refusalOf(changes)).toBe(code);
  },
);

test('[Q9] a repeated spelling of an answer that is typed is dropped, and the first one is shown', () => {
  const question = aQuestion({ kind: 'text', answers: ['The Nile', 'Nile', 'the nile'], correct: [] });
  expect(question).toMatchObject({ answers: ['The Nile', 'Nile'], correct: [0, 1] });
});

test('[Q1] the id tells kinds, units and pictures apart, and not how else an answer may be spelt', () => {
  const number = { kind: 'number', answers: [], correct: [] } as const;
  const image = { hash: HASH, alt: 'A city' };
  const different = [
    ...ONE_OF_EACH,
    aQuestion({ kind: 'multi' }),
    aQuestion({ kind: 'poll', correct: [] }),
    aQuestion({ kind: 'order', correct: [] }),
    aQuestion({ ...number, number: { value: 5, decimals: 0 } }),
    aQuestion({ ...number, number: { value: 5, decimals: 0, unit: 'm' } }),
    aQuestion({ image }),
    aQuestion({ image: { ...image, hash: 'cd'.repeat(32) } }),
  ];
  expect(new Set(different.map(({ id }) => id)).size).toBe(different.length);
  expect(new Set(different.map(meaningKey)).size).toBe(different.length);
  const typed = (...answers: string[]) => aQuestion({ kind: 'text', answers, correct: [] });
  expect(typed('Nile', 'The Nile').id).toBe(typed('Nile').id);
});

test('[Q27] another order, another number is another right answer of the same question', () => {
  const order = (...answers: string[]) => aQuestion({ kind: 'order', answers, correct: [] });
  expect(order('A', 'B').id).toBe(order('B', 'A').id);
  expect(meaningKey(order('A', 'B'))).not.toBe(meaningKey(order('B', 'A')));
  const number = (value: number, decimals: number) =>
    aQuestion({ kind: 'number', answers: [], correct: [], number: { value, decimals } });
  expect(number(5, 0).id).toBe(number(6, 0).id);
  expect(meaningKey(number(5, 0))).not.toBe(meaningKey(number(6, 0)));
  expect(meaningKey(number(5, 0))).toBe(meaningKey(number(500, 2)));
});

test('[Q30] questions of every kind, with picture, time, points and language, come in again as they went out', () => {
  const rich = { image: { hash: HASH, alt: 'A city' }, windowMs: 9_000, points: 50, language: 'de' };
  const questions = [...ONE_OF_EACH, aQuestion(rich)];
  const bytes = new TextEncoder().encode([...exportQuestions(questions, 'jsonl')].join(''));
  expect(importQuestions([{ name: 'x.jsonl', bytes }])).toMatchObject({ questions, refused: [] });
});

test('[Q8] whatever is changed in a question of any kind, it is refused or has another content', () => {
  const changes = fc.constantFrom<object>(
    { kind: 'poll' },
    { kind: 'text' },
    { answers: ['A', 'B'] },
    { correct: [0] },
    { number: { value: 1, decimals: 0 } },
    { text: 'Another?' },
    { image: { hash: HASH, alt: 'x' } },
  );
  fc.assert(
    fc.property(fc.constantFrom(...ONE_OF_EACH), changes, (question, change) => {
      const parsed = parseQuestion({ ...question, ...change });
      // Everything else is covered by the id: kind, text, answers, unit, picture.
      if (parsed.ok) expect({ ...parsed.value, correct: question.correct }).toEqual(question);
    }),
  );
});
