import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createBank } from './bank.ts';
import { ageBank, emptyBank, key, question } from './testBank.ts';

test('[Q83] a world is taken in once, and one that breaks off is not taken in', () => {
  const bank = emptyBank();
  let count = 0;
  const note = () => void count++;
  const broken = () => {
    note();
    throw new Error('the disk is gone');
  };
  expect(() => bank.hear(key(1), broken)).toThrow('the disk is gone');
  expect(bank.unheard([key(1), key(2)])).toEqual([key(1), key(2)]);
  bank.hear(key(1), note);
  bank.hear(key(1), note);
  expect(count).toBe(2);
  expect(bank.unheard([key(1), key(2)])).toEqual([key(2)]);
});

test('[Q83] what breaks off leaves no vote behind', () => {
  const bank = emptyBank();
  bank.add([question(1)]);
  const vote = { player: key(1), question: question(1).id, vote: 'flag', latencyMs: 1, at: 1 } as const;
  const broken = () => {
    bank.vote(vote);
    throw new Error('the disk is gone');
  };
  expect(() => bank.hear(key(1), broken)).toThrow('the disk is gone');
  expect(bank.flagged()).toEqual([]);
});

test('[Q83] a bank of the format before takes in only worlds that it had not counted', () => {
  const db = new DatabaseSync(':memory:');
  createBank(db).noteFared(key(1), []);
  ageBank(db, 4);
  expect(createBank(db).unheard([key(1), key(2)])).toEqual([key(2)]);
});
