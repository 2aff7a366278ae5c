/** What each kind of question asks of its answers: how many there are, and how many of them are right. */
import { z } from 'zod';
import type { RefusalCode } from './refusal.ts';
import { foldCase } from './text.ts';

export const KINDS = ['choice', 'boolean', 'multi', 'text', 'number', 'order', 'poll'] as const;
export const Kind = z.enum(KINDS);
export type Kind = z.infer<typeof Kind>;

export const MAX_ACCEPTED = 12;
/** Up to this length case may be the whole difference: CO is a gas, Co a metal. */
const CASE_MATTERS_CHARS = 4;

interface Shape {
  readonly least: number;
  readonly most: number;
  readonly right: 'one' | 'some' | 'all' | 'none';
}

/** `text` accepts each of its answers; `order` has them in the right order; the answer to `number` is its number. */
const SHAPES: Readonly<Record<Kind, Shape>> = {
  choice: { least: 2, most: 6, right: 'one' },
  boolean: { least: 2, most: 2, right: 'one' },
  multi: { least: 2, most: 6, right: 'some' },
  text: { least: 1, most: MAX_ACCEPTED, right: 'all' },
  number: { least: 0, most: 0, right: 'none' },
  order: { least: 2, most: 6, right: 'all' },
  poll: { least: 2, most: 6, right: 'none' },
};

export interface Answered {
  readonly kind: Kind;
  readonly answers: readonly string[];
  readonly correct: readonly number[];
}

/** By which code the answers are refused for a question of their kind, if by any. */
export function answersRefusal(question: Answered): RefusalCode | undefined {
  const { kind, answers, correct } = question;
  const { least, most } = SHAPES[kind];
  if (answers.length < least) return 'too_few_answers';
  if (answers.length > most) return 'too_many_answers';
  if (correct.some((index) => index >= answers.length)) return 'right_answer_not_among';
  if (correct.some((index, place) => index <= (correct[place - 1] ?? -1))) return 'invalid_question';
  if (!areDistinct(answers)) return 'answers_repeat';
  if (kind === 'boolean' && !isTrueFalse(answers)) return 'not_boolean';
  return rightRefusal(question);
}

export function areDistinct(answers: readonly string[]): boolean {
  return new Set(answers.map(answerKey)).size === answers.length;
}

/** Answers with one key are the same answer. */
export function answerKey(answer: string): string {
  return answer.length > CASE_MATTERS_CHARS ? foldCase(answer) : answer;
}

function rightRefusal({ kind, answers, correct }: Answered): RefusalCode | undefined {
  switch (SHAPES[kind].right) {
    case 'one':
      if (correct.length > 1) return 'several_right_answers';
      return correct.length === 0 ? 'no_right_answer' : undefined;
    case 'some':
      return correct.length === 0 ? 'no_right_answer' : undefined;
    case 'all':
      return correct.length === answers.length ? undefined : 'not_all_right';
    case 'none':
      return correct.length === 0 ? undefined : 'right_answer_not_wanted';
  }
}

function isTrueFalse(answers: readonly string[]): boolean {
  return answers[0] === 'True' && answers[1] === 'False';
}
