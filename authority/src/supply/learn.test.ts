import { type Bytes, type Cbor } from '@fairground/ledger';
import { games } from '@fairground/rules';
import { answer, entriesOf, send, startEvening, stateOf, wait } from '@fairground/rules/testing';
import { expect, test } from 'vitest';
import { emptyBank, key, questions, request } from '../bank/testBank.ts';
import { learnFrom } from './learn.ts';

/** The host gets the question whose text this is right and the other wrong, Bob the same. */
function playTwo(bank: ReturnType<typeof emptyBank>, easy: string): readonly Bytes[] {
  const things = bank.draw(request({ count: 2 }));
  const supply = () => JSON.parse(JSON.stringify(things)) as Cbor;
  const { table, players } = startEvening({ seed: 'learn', config: { questions: 2 }, supply }, 'host', 'bob');
  for (let lot = 0; lot < 2; lot++) {
    const { ask, order } = stateOf(table).questions[lot] ?? {};
    const right = ask?.answers.findIndex((text) => text.startsWith('It is')) ?? -1;
    const shown = order?.indexOf(ask?.text === easy ? right : 1 - right) ?? -1;
    wait(table, 1_000);
    for (const player of players) answer(table, player, shown);
    wait(table, 2_000);
    send(table, players[0], 'next');
  }
  send(table, players[0], 'close');
  return entriesOf(table);
}

test('[Q74] a closed match says how its questions have fared, and the next one begins with the easier', () => {
  const bank = emptyBank();
  const [one, two] = questions(2);
  bank.add(questions(2));
  const drawn = () => bank.draw(request({ count: 2 })).map(({ text }) => text);
  const [first = '', second = ''] = drawn();
  expect([first, second].toSorted()).toEqual([one?.text, two?.text]);
  const entries = playTwo(bank, second);
  learnFrom(bank, games, entries);
  expect(drawn()).toEqual([second, first]);
});

test('[Q74] nothing is learnt twice, nor from junk, an unknown game, or a log that its rules do not follow', () => {
  const bank = emptyBank();
  bank.add(questions(2));
  const drawn = () => bank.draw(request({ count: 2 })).map(({ id }) => id);
  const before = drawn();
  const entries = playTwo(bank, bank.draw(request({ count: 2 }))[1]?.text ?? '');
  learnFrom(bank, games, []);
  learnFrom(bank, games, [new Uint8Array(3)]);
  learnFrom(bank, [], entries);
  learnFrom(bank, games, entries.toSpliced(5, 1));
  expect(drawn()).toEqual(before);
  learnFrom(bank, games, entries);
  const after = drawn();
  expect(after).toEqual(before.toReversed());
  // Other matches have turned it round meanwhile: told again, this one does not turn it back.
  for (const world of [key(1), key(2)])
    bank.noteFared(
      world,
      after.map((id, i) => ({ id, answered: 20, hits: i * 20 })),
    );
  for (let again = 0; again < 9; again++) learnFrom(bank, games, entries);
  expect(drawn()).toEqual(before);
});
