/** What makes questions of one form out of facts, and the draws that all of them need. */
import type { DrawStream } from '@fairground/ledger';
import type { QuestionDraft } from '../createQuestion.ts';
import { normalText } from '../text.ts';

export type Made = Pick<QuestionDraft, 'kind' | 'text' | 'answers' | 'correct' | 'explanation'>;

export interface Template {
  readonly topic: string;
  /** About how many different questions it can make. */
  readonly size: number;
  /** Undefined when the draw gives no sound question; the next one may. */
  make(stream: DrawStream): Made | undefined;
}

/** So many different items at random; fewer only when there are no more. */
export function pickSome<T>(stream: DrawStream, items: readonly T[], count: number): readonly T[] {
  const left = [...items];
  const picked: T[] = [];
  while (picked.length < count && left.length > 0) picked.push(...left.splice(stream.below(left.length), 1));
  return picked;
}

/** `the Netherlands` → `The Netherlands`. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A question whose words tell its answer: Mexico City, for the capital of Mexico. */
export function givesAway(text: string, answer: string): boolean {
  const words = new Set(normalText(text).split(' '));
  return normalText(answer)
    .split(' ')
    .some((word) => word.length > 3 && words.has(word));
}

/** The right one first; nothing that shows answers keeps that order. */
export function choice(text: string, right: string, wrong: readonly string[], explanation: string): Made {
  return { text, answers: [right, ...wrong], correct: [0], explanation };
}

export function truth(text: string, isTrue: boolean, explanation: string): Made {
  return { text, answers: ['True', 'False'], correct: [isTrue ? 0 : 1], explanation };
}
