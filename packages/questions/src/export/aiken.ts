/** Aiken: https://docs.moodle.org/en/Aiken_format */
import type { Question } from '../question.ts';
import { lettered, letterOf } from './letters.ts';

export function aikenBlock({ text, answers, correct }: Question): string {
  return `${text}\n${lettered(answers, '. ')}ANSWER: ${letterOf(correct[0] ?? 0)}\n\n`;
}
