import { DatabaseSync } from 'node:sqlite';
import { importQuestions } from '@fairground/questions';
import { starterQuestions } from '../starter/starter.ts';
import { expect, test } from 'vitest';
import { createBank } from './bank.ts';
import { emptyBank, question, questions } from './testBank.ts';

test('[Q51] new questions are imported, known ones merged, and adding the same again changes nothing', () => {
  const bank = emptyBank();
  const starters = starterQuestions();
  expect(bank.add(starters)).toEqual({ imported: starters.length, merged: 0, contradicting: [] });
  expect(bank.add(starters)).toEqual({ imported: 0, merged: starters.length, contradicting: [] });
  expect(bank.count()).toBe(starters.length);
  expect([...bank.questions()].map(({ id }) => id)).toEqual(starters.map(({ id }) => id).toSorted());
});

test('[Q51] a merged question names both sources and takes the explanation that it lacked', () => {
  const bank = emptyBank();
  bank.add([question(1)]);
  const theirs = { name: 'Theirs', licence: 'CC BY-SA 4.0' };
  bank.add([question(1, { answers: ['It is 1', 'No idea'], explanation: 'One is one.', source: theirs })]);
  const [merged] = bank.questions();
  expect(merged).toMatchObject({
    answers: ['It is 1', 'Not 1'],
    explanation: 'One is one.',
    source: { also: [theirs] },
  });
  expect(bank.sources()).toEqual([
    { name: 'Test', licence: 'CC0-1.0', count: 1 },
    { name: 'Theirs', licence: 'CC BY-SA 4.0', count: 1 },
  ]);
});

test('[Q51] a question that contradicts one in the bank is named and not taken', () => {
  const bank = emptyBank();
  bank.add([question(1)]);
  const liar = question(1, { correct: [1] });
  expect(bank.add([liar, question(2)])).toEqual({ imported: 1, merged: 0, contradicting: [liar.id] });
  expect([...bank.questions()].find(({ id }) => id === liar.id)?.correct).toEqual([0]);
});

test('[Q51] an addition that breaks off leaves nothing behind', () => {
  const bank = emptyBank();
  const broken = function* () {
    yield question(1);
    throw new Error('the disk is gone');
  };
  expect(() => bank.add(broken())).toThrow('the disk is gone');
  expect(bank.count()).toBe(0);
});

test('[Q51] additions join a transaction that the caller has open', () => {
  const db = new DatabaseSync(':memory:');
  const bank = createBank(db);
  db.exec('BEGIN');
  bank.add(questions(3));
  db.exec('ROLLBACK');
  expect(bank.count()).toBe(0);
});

test('[Q52] topics are listed with language and number, without what cannot be drawn', () => {
  const bank = emptyBank();
  const music = questions(3, { topic: 'music' });
  bank.add([...music, question(7), question(8, { language: 'de' })]);
  bank.settleFlag(music[0]!.id, 'retire');
  expect(bank.topics()).toEqual([
    { topic: 'music', language: 'en', count: 2 },
    { topic: 'pop', language: 'de', count: 1 },
    { topic: 'pop', language: 'en', count: 1 },
  ]);
});

test('[Q60] the bank gives its questions back one by one, as good as votes have made them, also of one topic', () => {
  const bank = emptyBank();
  bank.add([...questions(50), ...questions(10).map((_, n) => question(100 + n, { topic: 'food' }))]);
  expect([...bank.questions({ topic: 'food' })]).toHaveLength(10);
  const bytes = new TextEncoder().encode(JSON.stringify([...bank.questions()]));
  expect(importQuestions([{ name: 'bank.json', bytes }])).toMatchObject({ refused: [], merged: 0 });
});
