import { encodeCbor } from '@fairground/ledger';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createQuestion } from './createQuestion.ts';
import type { QuestionDraft } from './createQuestion.ts';
import { MAX_QUESTION_BYTES, parseQuestion, Question } from './question.ts';
import { questionId } from './questionId.ts';
import { aQuestion, DRAFT } from './testQuestion.ts';

const refusalOf = (changes: Partial<QuestionDraft>) => {
  const made = createQuestion({ ...DRAFT, ...changes });
  return made.ok ? 'taken' : made.code;
};

test('[Q1] the id does not change with case, spaces, punctuation or the order of the answers', () => {
  const again = aQuestion({
    text: ' which city is the  CAPITAL of australia ',
    answers: ['Perth', 'canberra', 'Sydney'],
  });
  expect(again.id).toBe(aQuestion().id);
  expect(aQuestion().id).toMatch(/^[a-z2-7]{16}$/u);
  expect(aQuestion({ answers: ['Hobart', 'Canberra', 'Perth'] }).id).not.toBe(again.id);
});

test('[Q1] the id is a value that other programs can compute: SHA-256 of the normal texts, a line each', () => {
  const question = { kind: 'choice', text: 'One plus one?', answers: ['Two', 'Three'] } as const;
  expect(questionId(question)).toBe('ldzjv6tuwu5meorf');
});

test('[Q3] a True/False pair becomes a boolean question in that order, whichever was first', () => {
  const question = aQuestion({ answers: ['FALSE', 'true'], correct: [0] });
  expect(question).toMatchObject({ kind: 'boolean', answers: ['True', 'False'], correct: [1] });
  expect(aQuestion({ answers: ['Yes', 'No'], correct: [0] }).kind).toBe('choice');
});

test('[Q3] a boolean question with any other answers is refused', () => {
  const question = { ...aQuestion({ answers: ['Yes', 'No'], correct: [0] }), kind: 'boolean' };
  expect(parseQuestion(question)).toMatchObject({ ok: false, code: 'not_boolean' });
});

test('[Q4] exactly one answer of a choice is right', () => {
  expect(refusalOf({ correct: [] })).toBe('no_right_answer');
  expect(refusalOf({ correct: [0, 1] })).toBe('several_right_answers');
});

test('[Q4] a right answer that is not among the answers is refused', () => {
  expect(refusalOf({ correct: [3] })).toBe('right_answer_not_among');
});

test('[Q5] answers that are the same, or differ in case alone, are refused', () => {
  expect(refusalOf({ answers: ['Perth', 'Canberra', ' Perth '] })).toBe('answers_repeat');
  expect(refusalOf({ answers: ['Perth', 'Canberra', 'PERTH'] })).toBe('answers_repeat');
});

test('[Q5] short answers may differ in case alone, numbers in their sign', () => {
  expect(refusalOf({ answers: ['CO', 'Co'], correct: [0] })).toBe('taken');
  expect(refusalOf({ answers: ['-5', '5'], correct: [0] })).toBe('taken');
});

test.each([
  ['text_empty', { text: ' \n ' }],
  ['text_too_long', { text: 'x'.repeat(701) }],
  ['text_unreadable', { text: 'Beyonc\ufffd sang this' }],
  ['text_unreadable', { answers: ['Sydney', 'Canb\ud800erra'] }],
  ['too_few_answers', { answers: ['Canberra'], correct: [0] }],
  ['too_many_answers', { answers: ['1', '2', '3', '4', '5', '6', '7'] }],
  ['answer_empty', { answers: ['Sydney', 'Canberra', ''] }],
  ['answer_too_long', { answers: ['Sydney', 'x'.repeat(301)] }],
  ['explanation_too_long', { explanation: 'x'.repeat(601) }],
  ['invalid_question', { topic: 'Pop Culture' }],
  ['invalid_question', { language: 'english please' }],
  ['invalid_question', { quality: 1_001 }],
  ['invalid_question', { source: { name: 'x', licence: 'y', url: 'javascript:alert(1)' } }],
] as const)('[Q6] what is past a limit is refused with its code: %s', (code, changes) => {
  expect(refusalOf(changes)).toBe(code);
});

test('[Q6] the limits themselves are allowed', () => {
  const answers = ['1', '2', '3', '4', '5', 'x'.repeat(300)];
  expect(refusalOf({ text: 'x'.repeat(700), explanation: 'y'.repeat(600), answers })).toBe('taken');
});

test('[Q7] a question whose CBOR is 4 KiB or more is refused, and one that is taken is smaller', () => {
  const answers = ['一', '二', '三', '四'].map((digit) => digit.repeat(250));
  expect(refusalOf({ text: '问'.repeat(500), answers })).toBe('question_too_large');
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { minLength: 2, maxLength: 6 }),
      (texts) => {
        const made = createQuestion({
          ...DRAFT,
          text: texts.join(' ').slice(0, 700),
          answers: texts,
          correct: [0],
        });
        if (made.ok) expect(encodeCbor(made.value).length).toBeLessThan(MAX_QUESTION_BYTES);
      },
    ),
  );
});

test('[Q8] a question from outside is refused when a field is unknown, missing, or its id is not its own', () => {
  const question = aQuestion();
  expect(Question.safeParse(question).success).toBe(true);
  expect(parseQuestion({ ...question, hint: 'C' })).toMatchObject({ code: 'invalid_question' });
  expect(parseQuestion({ ...question, source: undefined })).toMatchObject({ code: 'invalid_question' });
  expect(parseQuestion({ ...question, id: 'aaaaaaaaaaaaaaaa' })).toMatchObject({ code: 'invalid_question' });
  expect(parseQuestion({ ...question, explanation: undefined })).toMatchObject({ code: 'invalid_question' });
});
