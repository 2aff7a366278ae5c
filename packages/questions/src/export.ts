/** Questions out, in four formats; chunks of text, so that a bank of any size streams. */
import { csvRow, CSV_HEADER } from './export/csv.ts';
import { giftBlock } from './export/gift.ts';
import { jsonlLine } from './export/jsonl.ts';
import { openTdb } from './export/openTdb.ts';
import type { Question } from './question.ts';

export const EXPORT_FORMATS = ['jsonl', 'csv', 'gift', 'opentdb'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export function exportQuestions(questions: Iterable<Question>, format: ExportFormat): Iterable<string> {
  switch (format) {
    case 'jsonl':
      return eachOf(questions, jsonlLine);
    case 'csv':
      return eachOf(questions, csvRow, CSV_HEADER);
    case 'gift':
      return eachOf(questions, giftBlock);
    case 'opentdb':
      return openTdb(questions);
  }
}

function* eachOf(
  questions: Iterable<Question>,
  write: (question: Question) => string,
  head = '',
): Generator<string> {
  if (head !== '') yield head;
  for (const question of questions) yield write(question);
}
