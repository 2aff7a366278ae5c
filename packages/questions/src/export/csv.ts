/** CSV (RFC 4180): the right answer first, then the others, so that a spreadsheet shows what a person looks for. */
import { formatEstimate } from '../estimate.ts';
import type { Question } from '../question.ts';

const WRONG = 5;
/** What spreadsheets take for a formula: it is shown as text by a leading apostrophe. Numbers stay numbers. */
const FORMULA = /^'*[=@]|^'*[+-](?!\d+([.,]\d+)?%?$)|^'+[+-]/u;

export const CSV_HEADER =
  'id,topic,kind,text,right,wrong1,wrong2,wrong3,wrong4,wrong5,explanation,source,licence,quality,language,unit,windowMs,points,image,alt,author,url\r\n';

export function csvRow(question: Question): string {
  const { id, topic, kind, text, explanation = '', source, quality, language } = question;
  const { number, windowMs = '', points = '', image } = question;
  const wrong = wrongOf(question);
  return csvLine([
    ...[id, topic, kind, text, rightOf(question)],
    ...[...wrong, ...Array.from({ length: WRONG - wrong.length }, () => '')],
    ...[explanation, source.name, source.licence, String(quality), language, number?.unit ?? ''],
    ...[String(windowMs), String(points), image?.hash ?? '', image?.alt ?? ''],
    ...[source.author ?? '', source.url ?? ''],
  ]);
}

/** Several right answers, accepted spellings, an order and the options of a poll stand in one cell, apart by bars. */
function rightOf({ kind, answers, correct, number }: Question): string {
  if (kind === 'number') return formatEstimate(number ?? { value: 0, decimals: 0 });
  if (kind === 'poll') return list(answers);
  const right = correct.map((index) => answers[index] ?? '');
  return kind === 'choice' || kind === 'boolean' ? (right[0] ?? '') : list(right);
}

function wrongOf({ kind, answers, correct }: Question): readonly string[] {
  return kind === 'poll' ? [] : answers.filter((_, index) => !correct.includes(index));
}

function list(answers: readonly string[]): string {
  return answers.map((answer) => answer.replace(/[\\|]/gu, '\\$&')).join(' | ');
}

/** Cells that a spreadsheet would run as formulas are disarmed. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
