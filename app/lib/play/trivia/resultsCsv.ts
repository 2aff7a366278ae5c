/** The result as a table for a spreadsheet (RFC 4180): UTF-8 with a mark, so that Excel reads umlauts, and nothing that a spreadsheet would run. */
import { m } from '#lib/paraglide/messages.js';
import type { SeatSummary, TriviaView } from './view.ts';

const MARK = '\uFEFF';

export function resultsCsv({ over }: TriviaView): string {
  const head = [m.csv_rank(), m.name(), m.points(), m.csv_right(), m.csv_asked(), m.csv_answered()];
  const rows = [[...head, m.csv_streak(), m.csv_mean(), m.csv_fastest()], ...(over?.seats ?? []).map(rowOf)];
  return `${MARK}${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function rowOf(seat: SeatSummary): readonly (string | number)[] {
  const { rank, name, points, right, asked, answered, bestStreak, meanMs, fastestMs } = seat;
  return [rank, name, points, right, asked, answered, bestStreak, meanMs ?? '', fastestMs ?? ''];
}

/** A name that begins like a formula stays a name: spreadsheets take an apostrophe for “this is text”. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
