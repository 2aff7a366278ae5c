import { expect, test } from 'vitest';
import { emptyBank, key, question, questions, request } from './testBank.ts';
import type { Vote } from './votes.ts';

const QUESTION = question(1);
const vote = (player: number, kind: Vote['vote'], note?: string): Vote => ({
  player: key(player),
  question: QUESTION.id,
  vote: kind,
  latencyMs: 800,
  at: player,
  ...(note === undefined ? {} : { note }),
});

function bankWithQuestion() {
  const bank = emptyBank();
  bank.add([QUESTION]);
  return bank;
}

test('[Q57] a flag takes a question out of the draw and the export until somebody has looked at it', () => {
  const bank = bankWithQuestion();
  expect(bank.vote(vote(1, 'flag', 'It is 2!'))).toEqual({
    ok: true,
    value: { quality: 500, state: 'flagged' },
  });
  bank.vote(vote(2, 'flag'));
  expect(bank.draw(request())).toEqual([]);
  expect([...bank.questions()]).toEqual([]);
  expect(bank.flagged()).toEqual([{ question: QUESTION, flags: 2, notes: ['It is 2!'] }]);
  expect(bank.settleFlag(QUESTION.id, 'keep')).toMatchObject({ value: { state: 'open' } });
  expect(bank.draw(request())).toEqual([QUESTION]);
  expect(bank.flagged()).toEqual([]);
});

test('[Q57] after that the same player’s flag does nothing, another player’s does, and retired is for good', () => {
  const bank = bankWithQuestion();
  bank.vote(vote(1, 'flag'));
  bank.settleFlag(QUESTION.id, 'keep');
  expect(bank.vote(vote(1, 'flag', 'again'))).toMatchObject({ value: { state: 'open' } });
  expect(bank.vote(vote(2, 'flag'))).toMatchObject({ value: { state: 'flagged' } });
  bank.settleFlag(QUESTION.id, 'retire');
  expect(bank.vote(vote(3, 'flag'))).toMatchObject({ value: { state: 'retired' } });
  bank.add([QUESTION]);
  expect(bank.draw(request())).toEqual([]);
});

test('[Q58] a player has one rating: the later one counts, and a flag stands beside it', () => {
  const bank = bankWithQuestion();
  for (let player = 0; player < 20; player++) bank.vote(vote(player, 'up'));
  expect(bank.vote(vote(0, 'up'))).toMatchObject({ value: { quality: 838 } });
  expect(bank.vote(vote(0, 'down'))).toMatchObject({ value: { quality: 763 } });
  expect(bank.vote(vote(0, 'flag'))).toMatchObject({ value: { quality: 763, state: 'flagged' } });
});

test('[Q58] votes decide what is drawn: of many questions the one that many liked comes most', () => {
  const bank = emptyBank();
  const all = questions(10);
  bank.add(all);
  for (let player = 0; player < 30; player++) {
    for (const [n, { id }] of all.entries())
      bank.vote({ ...vote(player, n === 3 ? 'up' : 'down'), question: id });
  }
  const drawn = Array.from({ length: 250 }, (_, n) => bank.draw(request({ count: 1, seed: key(n) }))[0]?.id);
  const times = all.map(({ id }) => drawn.filter((other) => other === id).length);
  expect(Math.max(...times)).toBe(times[3]);
  expect(times[3]).toBeGreaterThan(50);
});

test('[Q58] a vote for a question that is not there, or with a note past 200 characters, is refused', () => {
  const bank = bankWithQuestion();
  expect(bank.vote({ ...vote(1, 'up'), question: question(2).id })).toMatchObject({
    code: 'unknown_question',
  });
  expect(bank.vote(vote(1, 'flag', 'x'.repeat(201)))).toMatchObject({ code: 'note_too_long' });
  expect(bank.settleFlag(question(2).id, 'keep')).toMatchObject({ code: 'unknown_question' });
  expect(bank.flagged()).toEqual([]);
});

test('[Q58] the later rating counts also when the earlier one is told after it', () => {
  const bank = bankWithQuestion();
  for (let player = 1; player < 20; player++) bank.vote(vote(player, 'up'));
  bank.vote({ ...vote(0, 'down'), at: 90 });
  const standing = bank.vote({ ...vote(0, 'down'), at: 91 });
  expect(bank.vote({ ...vote(0, 'up'), at: 5 })).toEqual(standing);
  expect(bank.vote({ ...vote(0, 'up'), at: 92 })).not.toEqual(standing);
});
