/** Builders for tests. */
import { unwrap } from '@fairground/ledger';
import { createQuestion } from './question.ts';
import type { Question, QuestionDraft } from './question.ts';

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
