/** CSV (RFC 4180) cut into records: quoted cells may hold separators, quotation marks and line ends. */
import type { LineFeed } from './lineFeed.ts';
import type { Line } from './decodeText.ts';

export interface CsvRecord {
  readonly line: number;
  readonly end: number;
  /** Undefined when a quotation mark was opened and not closed; the lines after the first are then read again. */
  readonly cells: readonly string[] | undefined;
}

/** A cell of more lines than these is a forgotten quotation mark. */
const MOST_LINES = 100;

export function nextRecord(feed: LineFeed, separator: string): CsvRecord | undefined {
  const first = feed.next();
  if (first === undefined) return undefined;
  const more: Line[] = [];
  let text = first.text;
  for (let cells = cellsOf(text, separator); ; cells = cellsOf(text, separator)) {
    if (cells !== undefined) return { line: first.number, end: (more.at(-1) ?? first).end, cells };
    const next = more.length < MOST_LINES ? feed.next() : undefined;
    if (next === undefined) break;
    more.push(next);
    text += `\n${next.text}`;
  }
  feed.putBack(more);
  return { line: first.number, end: first.end, cells: undefined };
}

/** A quotation mark opens a cell only at its beginning: `5" disk` is a text. */
function cellsOf(text: string, separator: string): readonly string[] | undefined {
  const cells: string[] = [];
  for (let at = 0; at <= text.length;) {
    const quoted = text[at] === '"';
    const close = quoted ? closingQuote(text, at) : at;
    if (close < 0) return undefined;
    const found = text.indexOf(separator, close);
    const stop = found < 0 ? text.length : found;
    const tail = text.slice(quoted ? close + 1 : close, stop);
    cells.push(quoted ? text.slice(at + 1, close).replaceAll('""', '"') + tail.trim() : tail);
    at = stop + separator.length;
  }
  return cells;
}

function closingQuote(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] !== '"') continue;
    if (text[at + 1] !== '"') return at;
    at++;
  }
  return -1;
}
