/** GIFT, as Moodle reads it: https://docs.moodle.org/en/GIFT_format */
import { formatEstimate } from '../estimate.ts';
import type { Question } from '../question.ts';

export function giftBlock(question: Question): string {
  const head = `$CATEGORY: ${question.topic}\n\n::${question.id}::[plain]${escape(question.text)} `;
  return `${head}{${inside(question)}}\n\n`;
}

function inside(question: Question): string {
  const { kind, correct, number, explanation } = question;
  switch (kind) {
    case 'boolean':
      return `${correct.includes(0) ? 'TRUE' : 'FALSE'}${feedback(explanation)}`;
    case 'number':
      return `#${formatEstimate(number ?? { value: 0, decimals: 0 })}${feedback(explanation, '\n')}\n`;
    case 'multi':
      return options(question, shareOf(correct.length), '~%-100%');
    case 'choice':
    case 'text':
    case 'order':
    case 'poll':
      return options(question, '=', '~');
  }
}

/** The share of each right answer, with the five decimals that Moodle knows. */
function shareOf(right: number): string {
  return `~%${String(Number((100 / right).toFixed(5)))}%`;
}

function options({ answers, correct, explanation }: Question, right: string, wrong: string): string {
  const lines = answers.map(
    (answer, index) => `\n${marked(correct.includes(index) ? right : wrong, answer)}`,
  );
  return `${lines.join('')}${feedback(explanation, '\n')}\n`;
}

/** An answer that looks like a share, `%5% of it`, gets one. */
function marked(sign: string, answer: string): string {
  const share = /^%-?\d/u.test(answer) && sign.length === 1 ? `%${sign === '=' ? 100 : 0}%` : '';
  return sign + share + plain(answer);
}

/** General feedback, shown whatever was answered. */
function feedback(explanation: string | undefined, before = ''): string {
  return explanation === undefined ? '' : `${before}####${plain(explanation)}`;
}

/** A text that begins like the name of a format says its own. */
function plain(text: string): string {
  return (/^\[(?:html|moodle|plain|markdown)\]/u.test(text) ? '[plain]' : '') + escape(text);
}

function escape(text: string): string {
  return text.replace(/[\\~=#{}:*]/gu, '\\$&');
}
