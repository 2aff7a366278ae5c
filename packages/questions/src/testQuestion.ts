/** Builders for tests. */
import { unwrap } from '@fairground/ledger';
import { createQuestion } from './createQuestion.ts';
import type { QuestionDraft } from './createQuestion.ts';
import type { Question } from './question.ts';

export const DRAFT: QuestionDraft = {
  topic: 'geography',
  text: 'Which city is the capital of Australia?',
  answers: ['Sydney', 'Canberra', 'Perth'],
  correct: [1],
  source: { name: 'Test', licence: 'CC0-1.0' },
};

export function aQuestion(changes: Partial<QuestionDraft> = {}): Question {
  return unwrap(createQuestion({ ...DRAFT, ...changes }));
}

/** In the order of `KINDS`. */
export const ONE_OF_EACH: readonly Question[] = [
  aQuestion(),
  aQuestion({ text: 'Canberra is in Australia.', answers: ['True', 'False'], correct: [0] }),
  aQuestion({
    kind: 'multi',
    text: 'Which of these are in Australia?',
    answers: ['Sydney', 'Auckland', 'Perth'],
    correct: [2, 0],
  }),
  aQuestion({
    kind: 'text',
    text: 'Type the capital of the Netherlands.',
    answers: ['Amsterdam', 'A’dam'],
    correct: [],
  }),
  aQuestion({
    kind: 'number',
    text: 'How high is Mount Everest?',
    answers: [],
    correct: [],
    number: { value: 884_886, decimals: 2, unit: 'm' },
  }),
  aQuestion({
    kind: 'order',
    text: 'From west to east?',
    answers: ['Perth', 'Adelaide', 'Sydney'],
    correct: [],
  }),
  aQuestion({
    kind: 'poll',
    text: 'Which would you rather see?',
    answers: ['Sydney', 'Perth'],
    correct: [],
  }),
];
