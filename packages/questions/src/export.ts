/** Questions out, in six formats; chunks of text, so that a bank of any size streams. */
import { aikenBlock } from './export/aiken.ts';
import { carriedBy, lostBetween } from './export/carried.ts';
import type { Losable } from './export/carried.ts';
import { csvRow, CSV_HEADER } from './export/csv.ts';
import type { ExportFormat } from './export/formats.ts';
import { giftBlock } from './export/gift.ts';
import { jsonlLine } from './export/jsonl.ts';
import { openTdb } from './export/openTdb.ts';
import { openTriviaQaBlock } from './export/openTriviaQa.ts';
import type { Question } from './question.ts';

/** What the format cannot say of a question; `all` when the question had to be left out. */
export interface Loss {
  readonly question: Question;
  readonly lost: readonly Losable[] | 'all';
}

/** A question that the format cannot say is left out. `onLoss` hears of it, and of what is missing of the others. */
export function exportQuestions(
  questions: Iterable<Question>,
  format: ExportFormat,
  onLoss: (loss: Loss) => void = () => {},
): Iterable<string> {
  const said = sayable(questions, format, onLoss);
  switch (format) {
    case 'jsonl':
      return eachOf(said, jsonlLine);
    case 'csv':
      return eachOf(said, csvRow, CSV_HEADER);
    case 'gift':
      return eachOf(said, giftBlock);
    case 'aiken':
      return eachOf(said, aikenBlock);
    case 'opentdb':
      return openTdb(said);
    case 'opentriviaqa':
      return eachOf(said, openTriviaQaBlock);
  }
}

function* sayable(
  questions: Iterable<Question>,
  format: ExportFormat,
  onLoss: (loss: Loss) => void,
): Generator<Question> {
  for (const question of questions) {
    const carried = carriedBy(question, format);
    const lost = carried === undefined ? 'all' : lostBetween(question, carried);
    if (lost.length > 0) onLoss({ question, lost });
    if (carried !== undefined) yield question;
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
