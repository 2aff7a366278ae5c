import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createBank } from './bank.ts';
import { BANK_VERSION } from './schema.ts';
import { ageBank, key, questions, request } from './testBank.ts';

test('[Q50] a bank is found again in its file, with questions, votes and what was asked', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bank-'));
  const open = () => new DatabaseSync(join(folder, 'bank.sqlite'));
  const first = open();
  const [one, two] = questions(2);
  const bank = createBank(first);
  bank.add(questions(2));
  bank.markAsked([key(1)], [one!.id], 5);
  bank.vote({ player: key(1), question: two!.id, vote: 'flag', latencyMs: 1, at: 6 });
  first.close();
  const second = open();
  const again = createBank(second);
  expect(again.count()).toBe(2);
  expect(again.flagged()).toHaveLength(1);
  expect(again.draw(request({ players: [key(1)] }))).toEqual([one]);
  second.close();
  rmSync(folder, { recursive: true });
});

test('[Q50] a bank of the first format is brought up to this one and keeps its questions', () => {
  const db = new DatabaseSync(':memory:');
  createBank(db).add(questions(2));
  ageBank(db, 1);
  const bank = createBank(db);
  expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: BANK_VERSION });
  expect(bank.draw(request({}))).toHaveLength(2);
});

test('[Q50] a new file gets the version of this program; one of a later version is refused with a sentence', () => {
  const db = new DatabaseSync(':memory:');
  createBank(db);
  expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: BANK_VERSION });
  db.exec(`PRAGMA user_version = ${BANK_VERSION + 1}`);
  expect(() => createBank(db)).toThrow(/format \d+.*start the program that wrote it, or a later one/u);
});
