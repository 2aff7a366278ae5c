import { expect, test } from 'vitest';
import { createMerger, mergeQuestions, mergeSources } from './merge.ts';
import type { QuestionDraft } from './createQuestion.ts';
import type { Source } from './question.ts';
import { aQuestion } from './testQuestion.ts';

const OURS: Source = { name: 'Ours', licence: 'CC0-1.0' };
const THEIRS: Source = {
  name: 'Theirs',
  licence: 'CC BY-SA 4.0',
  author: 'A. Person',
  url: 'https://example.org/',
};

const outcomesOf = (...changes: Partial<QuestionDraft>[]) => {
  const merger = createMerger();
  const outcomes = changes
    .map((change) => merger.add(aQuestion(change)))
    .map((added) => (added.ok ? added.value : added.code));
  return { outcomes, questions: merger.questions() };
};

test('[Q25] the same question from two sources is one question that names both', () => {
  const { outcomes, questions } = outcomesOf({ source: OURS }, { source: THEIRS }, { source: OURS });
  expect(outcomes).toEqual(['new', 'merged', 'merged']);
  expect(questions.map(({ source }) => source)).toEqual([{ ...OURS, also: [THEIRS] }]);
});

test('[Q25] the same text with the same right answer is one question, whatever else there is to choose from', () => {
  const { outcomes, questions } = outcomesOf({}, { answers: ['Canberra', 'Melbourne'], correct: [0] });
  expect(outcomes).toEqual(['new', 'merged']);
  expect(questions[0]?.answers).toEqual(['Sydney', 'Canberra', 'Perth']);
});

test('[Q25] the first keeps its words and takes an explanation only if it has none', () => {
  const [first, second] = [aQuestion({ explanation: 'First.' }), aQuestion({ explanation: 'Second.' })];
  expect(mergeQuestions(first, second).explanation).toBe('First.');
  expect(mergeQuestions(aQuestion(), second).explanation).toBe('Second.');
});

test('[Q25] a source is named once, and no more are added than fit', () => {
  expect(mergeSources(OURS, OURS)).toEqual(OURS);
  expect(mergeSources({ ...OURS, also: [THEIRS] }, THEIRS)).toEqual({ ...OURS, also: [THEIRS] });
  const many = Array.from({ length: 20 }, (_, index) => ({ source: { ...OURS, name: `Source ${index}` } }));
  expect(outcomesOf(...many).questions[0]?.source.also).toHaveLength(7);
});

test('[Q26] the same text with another right answer is another question', () => {
  const text = 'Name the composer.';
  const { outcomes } = outcomesOf({ text }, { text, answers: ['Bizet', 'Haydn'], correct: [0] });
  expect(outcomes).toEqual(['new', 'new']);
});

test('[Q26] questions of two languages are never the same by their text and right answer', () => {
  const changed = { language: 'de', answers: ['Canberra', 'Wien'], correct: [0] };
  expect(outcomesOf({}, changed).outcomes).toEqual(['new', 'new']);
});

test('[Q27] the same text and answers with another right answer contradict: the first stays, the second is refused', () => {
  const { outcomes, questions } = outcomesOf({}, { correct: [0] });
  expect(outcomes).toEqual(['new', 'contradiction']);
  expect(questions[0]?.correct).toEqual([1]);
});
