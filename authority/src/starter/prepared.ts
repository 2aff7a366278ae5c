/** The starter questions as they come out of their files, each a line, ready to be stored: to parse and check them anew takes five times as long. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bytes, bytesToHex } from '@fairground/ledger';
import type { Question } from '@fairground/questions';

export const PREPARED_FILE = join(import.meta.dirname, 'prepared.jsonl');

/** The first line says from which files they are. */
export function formatPrepared(mark: Bytes, questions: readonly Question[]): string {
  return [bytesToHex(mark), ...questions].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Undefined when they are from other files than those that are here now. */
export function readPrepared(mark: Bytes): readonly Question[] | undefined {
  const [first = '', ...lines] = existsSync(PREPARED_FILE)
    ? readFileSync(PREPARED_FILE, 'utf8').trimEnd().split('\n')
    : [];
  return first === JSON.stringify(bytesToHex(mark)) ? lines.map(parse) : undefined;
}

/** Only `scripts/prepareStarters.ts` writes them, and a test holds them against their sources. */
function parse(line: string): Question {
  return JSON.parse(line) as Question;
}
