/** GIFT, as Moodle reads it: https://docs.moodle.org/en/GIFT_format */
import type { Question } from '../question.ts';

export function giftBlock(question: Question): string {
  const head = `$CATEGORY: ${question.topic}\n\n::${question.id}::[plain]${escape(question.text)} `;
  return `${head}{${question.kind === 'boolean' ? truth(question) : options(question)}}\n\n`;
}

function truth({ correct, explanation }: Question): string {
  return `${correct.includes(0) ? 'TRUE' : 'FALSE'}${feedback(explanation)}`;
}

function options({ answers, correct, explanation }: Question): string {
  const lines = answers.map((answer, index) => `\n${correct.includes(index) ? '=' : '~'}${escape(answer)}`);
  return `${lines.join('')}${feedback(explanation, '\n')}\n`;
}

/** General feedback, shown whatever was answered. */
function feedback(explanation: string | undefined, before = ''): string {
  return explanation === undefined ? '' : `${before}####${escape(explanation)}`;
}

function escape(text: string): string {
  return text.replace(/[\\~=#{}:]/gu, '\\$&');
}
