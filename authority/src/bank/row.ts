/** Between a question and its row. */
import { sha256, utf8ToBytes } from '@fairground/ledger';
import type { Bytes } from '@fairground/ledger';
import { meaningKey } from '@fairground/questions';
import type { Question } from '@fairground/questions';

export type Row = Readonly<Record<string, unknown>>;

/** The body keeps the quality that the question came with; the row's is the one that votes have made of it. */
export function rowToQuestion({ body, quality }: Row): Question {
  return { ...rowToImported({ body }), quality: Number(quality) };
}

/** As it was added. Only this file writes bodies, and only of questions that were checked. */
export function rowToImported({ body }: Row): Question {
  return JSON.parse(String(body)) as Question;
}

export function meaningHash(question: Question): Bytes {
  return sha256(utf8ToBytes(meaningKey(question)));
}
