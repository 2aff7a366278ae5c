/** CSV (RFC 4180): the right answer first, then the others, so that a spreadsheet shows what a person looks for. */
import type { Question } from '../question.ts';

const ANSWERS = 6;
/** What spreadsheets take for a formula: it is shown as text by a leading apostrophe. Numbers stay numbers. */
const FORMULA = /^[=@]|^[+-](?!\d+([.,]\d+)?%?$)/u;

export const CSV_HEADER =
  'id,topic,kind,text,right,wrong1,wrong2,wrong3,wrong4,wrong5,explanation,source,licence,quality\r\n';

export function csvRow({
  id,
  topic,
  kind,
  text,
  answers,
  correct,
  explanation,
  source,
  quality,
}: Question): string {
  const right = answers.filter((_, index) => correct.includes(index));
  const wrong = answers.filter((_, index) => !correct.includes(index));
  const cells = [...right, ...wrong, ...Array.from({ length: ANSWERS - answers.length }, () => '')];
  return row([
    id,
    topic,
    kind,
    text,
    ...cells,
    explanation ?? '',
    source.name,
    source.licence,
    String(quality),
  ]);
}

function row(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
