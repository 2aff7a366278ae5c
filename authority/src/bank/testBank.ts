/** Builders for tests. */
import { DatabaseSync } from 'node:sqlite';
import { unwrap } from '@fairground/ledger';
import type { Bytes } from '@fairground/ledger';
import { createQuestion } from '@fairground/questions';
import type { Question, QuestionDraft } from '@fairground/questions';
import { createBank } from './bank.ts';
import type { Bank } from './bank.ts';
import type { DrawRequest } from './draw.ts';

export function emptyBank(): Bank {
  return createBank(new DatabaseSync(':memory:'));
}

/** What leads from version n + 1 of a bank's file back to n, beginning with 1. */
const BACK = [
  'ALTER TABLE question DROP COLUMN picture',
  'DROP TABLE picture',
  `ALTER TABLE question DROP COLUMN answered; ALTER TABLE question DROP COLUMN hits;
   DROP TABLE counted; DROP TABLE offered; DROP TABLE offer`,
  'DROP TABLE heard',
];

/** As a program of that version has left it, but for what it did not keep. */
export function ageBank(db: DatabaseSync, version: number): void {
  for (const step of BACK.slice(version - 1).toReversed()) db.exec(step);
  db.exec(`PRAGMA user_version = ${version}`);
}

/** The nth question; its wrong answer differs from all others, too. */
export function question(n: number, changes: Partial<QuestionDraft> = {}): Question {
  const draft = { topic: 'pop', text: `What is ${n}?`, answers: [`It is ${n}`, `Not ${n}`], correct: [0] };
  return unwrap(createQuestion({ ...draft, source: { name: 'Test', licence: 'CC0-1.0' }, ...changes }));
}

export function questions(count: number, changes: Partial<QuestionDraft> = {}): Question[] {
  return Array.from({ length: count }, (_, n) => question(n, changes));
}

export function key(n: number): Bytes {
  return new Uint8Array(32).fill(n);
}

export function request(changes: Partial<DrawRequest> = {}): DrawRequest {
  return {
    topics: [],
    language: 'en',
    kinds: ['choice', 'boolean'],
    pictures: false,
    count: 5,
    players: [],
    seed: key(42),
    ...changes,
  };
}
