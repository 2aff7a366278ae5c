/** OpenTriviaQA's text: https://github.com/uberspot/OpenTriviaQA */
import type { Question } from '../question.ts';
import { lettered } from './letters.ts';

export function openTriviaQaBlock({ text, answers, correct }: Question): string {
  return `#Q ${text}\n^ ${answers[correct[0] ?? 0] ?? ''}\n${lettered(answers, ' ')}\n`;
}
