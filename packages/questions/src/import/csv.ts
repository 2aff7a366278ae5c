/** CSV with a header, from a spreadsheet or another program; the separator is the one that makes the header one. */
import type { Result } from '@fairground/ledger';
import { createQuestion } from '../createQuestion.ts';
import type { QuestionDraft } from '../createQuestion.ts';
import { parseEstimate } from '../estimate.ts';
import type { Kind } from '../kinds.ts';
import type { Question, Source } from '../question.ts';
import { refuse } from '../refusal.ts';
import type { RefusalCode } from '../refusal.ts';
import { topicOfLabel } from '../topics.ts';
import { readHeader, SEPARATORS } from './csvColumns.ts';
import type { Column, Columns } from './csvColumns.ts';
import { nextRecord } from './csvRecords.ts';
import { topicFor } from './found.ts';
import type { Defaults, Found } from './found.ts';
import { createLineFeed } from './lineFeed.ts';
import { namedPicture } from './namedPicture.ts';

const KIND_NAMES: Readonly<Record<string, Kind>> = {
  choice: 'choice',
  multiple: 'choice',
  multiplechoice: 'choice',
  boolean: 'boolean',
  truefalse: 'boolean',
  multi: 'multi',
  checkbox: 'multi',
  multiselect: 'multi',
  text: 'text',
  shortanswer: 'text',
  fillintheblank: 'text',
  number: 'number',
  numeric: 'number',
  numerical: 'number',
  order: 'order',
  poll: 'poll',
};

/** One row of cells by the names of the columns. */
interface Row {
  readonly columns: Columns;
  readonly cells: readonly string[];
  cell(column: Column): string;
}

export function* readCsv(bytes: Uint8Array, defaults: Defaults): Generator<Found> {
  const feed = createLineFeed(bytes);
  const columns = headerOf(feed);
  if (columns === undefined) return yield { line: 1, done: bytes.length, question: refuse('no_columns') };
  for (
    let record = nextRecord(feed, columns.separator);
    record;
    record = nextRecord(feed, columns.separator)
  ) {
    const { line, end: done, cells } = record;
    if (cells === undefined) yield { line, done, question: refuse('unclosed') };
    else if (cells.some((cell) => cell.trim() !== ''))
      yield { line, done, question: readRow(cells, columns, defaults) };
  }
}

/** Whether the first lines of a file are a header that says what is asked and what is right. */
export function looksLikeCsv(bytes: Uint8Array): boolean {
  return headerOf(createLineFeed(bytes)) !== undefined;
}

/** Leaves the feed behind the header. A first line `sep=;` is what some spreadsheets write for themselves. */
function headerOf(feed: ReturnType<typeof createLineFeed>): Columns | undefined {
  let line = feed.next();
  while (line !== undefined && /^(?:\s*|sep=.)$/u.test(line.text)) line = feed.next();
  if (line === undefined) return undefined;
  for (const separator of SEPARATORS) {
    feed.putBack([line]);
    const columns = readHeader(nextRecord(feed, separator)?.cells ?? [], separator);
    if (columns !== undefined) return columns;
  }
  return undefined;
}

function readRow(
  cells: readonly string[],
  columns: Columns,
  defaults: Defaults,
): Result<Question, RefusalCode> {
  if (cells.slice(columns.count).some((cell) => cell.trim() !== ''))
    return refuse('invalid_question', 'The row has more cells than the header.');
  const row: Row = { columns, cells, cell: (column) => bare(cells[columns.places.get(column) ?? -1] ?? '') };
  const kindName = row
    .cell('kind')
    .toLowerCase()
    .replace(/[^a-z]/gu, '');
  const kind = kindName === '' ? undefined : KIND_NAMES[kindName];
  if (kindName !== '' && kind === undefined) return refuse('unplayable_kind', row.cell('kind'));
  const answers = readAnswers(row, kind);
  const picture = namedPicture(row.cell('image'), row.cell('alt'), defaults);
  if (answers === undefined) return refuse('right_answer_not_among');
  if (!picture.ok) return picture;
  const more = { ...answers, ...picture.value, ...(kind === undefined ? {} : { kind }) };
  return createQuestion({ ...describe(row, defaults), ...more });
}

type Answers = Pick<QuestionDraft, 'answers' | 'correct' | 'number'>;

function readAnswers(row: Row, kind: Kind | undefined): Answers | undefined {
  const right = row.cell('right');
  const isList = kind === 'multi' || kind === 'text' || kind === 'order' || kind === 'poll';
  if (kind === 'number') return { answers: [], correct: [], ...numberOf(row, right) };
  if (
    row.columns.offered.length > 0 &&
    (kind === undefined || kind === 'choice' || kind === 'boolean' || kind === 'multi')
  )
    return pickOffered(textsAt(row, row.columns.offered), right);
  const rights = isList ? listOf(right) : right === '' ? [] : [right];
  const wrong = textsAt(row, row.columns.wrong);
  const all = kind === 'boolean' && wrong.length === 0 ? withOpposite(rights) : [...rights, ...wrong];
  if (kind === 'text' || kind === 'order' || kind === 'poll') return { answers: all, correct: [] };
  return { answers: all, correct: rights.map((_, index) => index) };
}

/** What is right is named by numbers from 1, by letters, or by the answer itself; several apart by commas. */
function pickOffered(answers: readonly string[], right: string): Answers | undefined {
  const whole = answers.indexOf(right);
  if (whole >= 0) return { answers, correct: [whole] };
  const correct = right.split(/[,;|]/u).map((name) => placeOf(name.trim(), answers));
  return correct.some((place) => place < 0) ? undefined : { answers, correct };
}

function placeOf(name: string, answers: readonly string[]): number {
  if (/^[1-9]$/u.test(name)) return Number(name) - 1;
  if (/^[a-f]$/iu.test(name)) return name.toLowerCase().charCodeAt(0) - 0x61;
  return answers.indexOf(name);
}

function withOpposite(rights: readonly string[]): readonly string[] {
  const isTrue = rights[0]?.toLowerCase() === 'true';
  return isTrue || rights[0]?.toLowerCase() === 'false' ? [...rights, isTrue ? 'False' : 'True'] : rights;
}

/** A comma is a decimal point where it separates no columns. */
function numberOf({ columns, cell }: Row, right: string): Pick<QuestionDraft, 'number'> {
  const number = parseEstimate(
    columns.separator === ',' ? right : right.replace(/^([^.,]*),([^.,]*)$/u, '$1.$2'),
  );
  const unit = cell('unit');
  return number === undefined ? {} : { number: unit === '' ? number : { ...number, unit } };
}

/** `Nile | The Nile`; a bar of its own is written `\|`. */
function listOf(cell: string): readonly string[] {
  return [...`${cell}|`.matchAll(/((?:\\[\s\S]|[^\\|])*)\|/gu)]
    .map(([, item = '']) => item.replace(/\\([\\|])/gu, '$1').trim())
    .filter((item) => item !== '');
}

function describe(row: Row, defaults: Defaults): Omit<QuestionDraft, 'answers' | 'correct'> {
  const { cell } = row;
  const topic = cell('topic');
  const [language, quality] = [cell('language'), cell('quality')];
  return {
    text: cell('text'),
    topic: topicFor(defaults, topic === '' ? undefined : topicOfName(topic)),
    explanation: cell('explanation'),
    source: sourceOf(row) ?? defaults.source,
    language: language === '' ? defaults.language : language,
    ...(quality === '' ? {} : { quality: Number(quality) }),
    ...windowOf(row),
    ...(cell('points') === '' ? {} : { points: Number(cell('points')) }),
  };
}

function windowOf({ cell }: Row): Pick<QuestionDraft, 'windowMs'> {
  if (cell('windowMs') !== '') return { windowMs: Number(cell('windowMs')) };
  return cell('seconds') === '' ? {} : { windowMs: Number(cell('seconds')) * 1_000 };
}

function sourceOf({ cell }: Row): Source | undefined {
  const [name, licence, author, url] = [cell('source'), cell('licence'), cell('author'), cell('url')];
  if (name === '') return undefined;
  return {
    name,
    licence: licence === '' ? 'unknown' : licence,
    ...(author === '' ? {} : { author }),
    ...(url === '' ? {} : { url }),
  };
}

function topicOfName(name: string): string {
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/u.test(name) ? name : topicOfLabel(name);
}

function textsAt({ cells }: Row, places: readonly number[]): readonly string[] {
  return places.map((place) => bare(cells[place] ?? '')).filter((text) => text !== '');
}

/** Without the apostrophe that keeps a spreadsheet from running the cell as a formula. */
function bare(cell: string): string {
  return cell.trim().replace(/^'(?='*[=@+-])/u, '');
}
