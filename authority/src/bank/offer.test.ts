import { DatabaseSync } from 'node:sqlite';
import { type Bytes, bytesToHex, concatBytes, sha256, utf8ToBytes } from '@fairground/ledger';
import { expect, test } from 'vitest';
import type { Question } from '@fairground/questions';
import { createBank } from './bank.ts';
import type { Offer } from './offer.ts';
import { emptyBank, key, question, questions, request } from './testBank.ts';

const offerOf = (all: readonly Question[], withdrawn: Offer['withdrawn'] = [], mark = all.length): Offer => ({
  mark: key(mark),
  questions: () => all,
  pictures: [],
  withdrawn,
});
const idsIn = (bank: ReturnType<typeof emptyBank>) => [...bank.questions()].map(({ id }) => id);

test('[Q78] an older bank takes the starters that it lacks, and the same offer again changes nothing and reads nothing', () => {
  const bank = emptyBank();
  const [first, second] = [offerOf(questions(3)), offerOf(questions(5))];
  expect(bank.takeOffer(first)).toEqual({ added: 3, retired: 0 });
  expect(bank.takeOffer(second)).toEqual({ added: 2, retired: 0 });
  expect(bank.count()).toBe(5);
  const unread: Offer = {
    ...second,
    questions: () => {
      throw new Error('it was read');
    },
  };
  expect(bank.takeOffer(unread)).toEqual({ added: 0, retired: 0 });
});

test('[Q78] a bank that had starters before there was any offer takes only what it lacks', () => {
  const bank = emptyBank();
  bank.add(questions(3));
  expect(bank.takeOffer(offerOf(questions(5)))).toEqual({ added: 2, retired: 0 });
});

test('[Q78] what its operator has retired, put right or removed stays so', () => {
  const db = new DatabaseSync(':memory:');
  const bank = createBank(db);
  const [retired, edited, removed, kept] = questions(4) as [Question, Question, Question, Question];
  bank.takeOffer(offerOf([retired, removed]));
  bank.settleFlag(retired.id, 'retire');
  db.prepare('DELETE FROM question WHERE id = ?').run(removed.id);
  const mended = question(1, { text: ' what IS  1 ?', answers: ['It is one', 'No idea'] });
  bank.add([mended]);
  expect(bank.takeOffer(offerOf([retired, edited, removed, kept]))).toEqual({ added: 1, retired: 0 });
  expect(idsIn(bank).toSorted()).toEqual([mended.id, kept.id].toSorted());
});

test('[Q78] the same text in another language is another question', () => {
  const bank = emptyBank();
  bank.add([question(1, { language: 'de', answers: ['Es ist 1', 'Nicht 1'] })]);
  expect(bank.takeOffer(offerOf([question(1)]))).toEqual({ added: 1, retired: 0 });
});

test('[Q78] the same text about another picture is another question, and a picture comes with its question', () => {
  const bank = emptyBank();
  const bytes = concatBytes(utf8ToBytes('RIFF....WEBP'), key(1));
  const picture = (of: Bytes) => ({ hash: bytesToHex(sha256(of)), alt: 'A flag' });
  bank.add([question(1, { image: picture(key(9)) })]);
  const ours = question(1, { image: picture(bytes) });
  const offer = { ...offerOf([ours]), pictures: [bytes] };
  expect(bank.takeOffer(offer)).toEqual({ added: 1, retired: 0 });
  expect(bank.draw(request({ pictures: true }))).toEqual([ours]);
});

test('[Q79] a starter that was withdrawn is retired once, and one that was put right comes with the same text', () => {
  const bank = emptyBank();
  const wrong = question(1);
  const right = question(1, { answers: ['It is one', 'No idea'] });
  bank.takeOffer(offerOf([wrong, question(2)]));
  expect(bank.takeOffer(offerOf([right, question(2)], [wrong.id], 9))).toEqual({ added: 1, retired: 1 });
  expect(idsIn(bank).toSorted()).toEqual([right.id, question(2).id].toSorted());
  bank.settleFlag(wrong.id, 'keep');
  expect(bank.takeOffer(offerOf([right], [wrong.id], 10))).toEqual({ added: 0, retired: 0 });
  expect(idsIn(bank)).toContain(wrong.id);
});

test('[Q79] a withdrawn question that somebody else has brought, too, stays', () => {
  const bank = emptyBank();
  bank.add([question(1), question(1, { source: { name: 'A club', licence: 'CC BY 4.0' } })]);
  expect(bank.takeOffer(offerOf([], [question(1).id]))).toEqual({ added: 0, retired: 0 });
  expect(bank.draw(request({ count: 1 }))).toHaveLength(1);
});

test('[Q78] an offer that breaks off leaves nothing behind, and is taken the next time', () => {
  const bank = emptyBank();
  const broken: Offer = {
    ...offerOf(questions(2)),
    questions: () => {
      throw new Error('the disk is gone');
    },
  };
  expect(() => bank.takeOffer(broken)).toThrow('the disk is gone');
  expect(bank.takeOffer(offerOf(questions(2)))).toEqual({ added: 2, retired: 0 });
});
