/** The forms in which questions come, and by what each is known. */
import { AIKEN_ANSWER, readAiken } from './aiken.ts';
import { looksLikeCsv, readCsv } from './csv.ts';
import { linesOf } from './decodeText.ts';
import type { Defaults, Found } from './found.ts';
import { looksLikeGift, readGift } from './gift.ts';
import { readJson } from './json.ts';
import { readOpenTriviaQa } from './openTriviaQa.ts';

/** `jsonl` is an array of objects, too, and `opentdb` is told from it by the names in each object. */
export const IMPORT_FORMATS = ['jsonl', 'csv', 'gift', 'aiken', 'opentdb', 'opentriviaqa'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

const EXTENSIONS: Readonly<Record<string, ImportFormat>> = {
  json: 'jsonl',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  csv: 'csv',
  tsv: 'csv',
  gift: 'gift',
  aiken: 'aiken',
};
/** The first question of any real file begins in these bytes. */
const HEAD_BYTES = 65_536;

export function readFormat(format: ImportFormat, bytes: Uint8Array, defaults: Defaults): Iterable<Found> {
  switch (format) {
    case 'jsonl':
    case 'opentdb':
      return readJson(bytes, defaults);
    case 'csv':
      return readCsv(bytes, defaults);
    case 'gift':
      return readGift(bytes, defaults);
    case 'aiken':
      return readAiken(bytes, defaults);
    case 'opentriviaqa':
      return readOpenTriviaQa(bytes, defaults);
  }
}

/** What it says decides; its name only where that leaves it open. */
export function detectFormat(name: string, bytes: Uint8Array): ImportFormat | undefined {
  const head = bytes.subarray(0, HEAD_BYTES);
  const byName = EXTENSIONS[/\.([a-z]+)$/iu.exec(name)?.[1]?.toLowerCase() ?? ''];
  if (looksLikeJson(head)) return 'jsonl';
  const lines = Array.from(linesOf(head), ({ text }) => text);
  if (lines.some((line) => line.startsWith('#Q'))) return 'opentriviaqa';
  if (looksLikeCsv(head)) return 'csv';
  if (lines.some((line) => AIKEN_ANSWER.test(line))) return 'aiken';
  return looksLikeGift(lines.join('\n')) ? 'gift' : byName;
}

/** `[html]Which …` is GIFT. */
function looksLikeJson(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head.subarray(0, 1_024));
  return /^\ufeff?\s*[[{]/u.test(text) && !/^\ufeff?\s*\[(?:html|moodle|plain|markdown)\]/u.test(text);
}

/** UTF-16 with its byte order mark, as spreadsheets save it, becomes UTF-8; everything else stays as it is. */
export function toUtf8(bytes: Uint8Array): Uint8Array {
  const label =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : '';
  return label === '' ? bytes : new TextEncoder().encode(new TextDecoder(label).decode(bytes));
}
