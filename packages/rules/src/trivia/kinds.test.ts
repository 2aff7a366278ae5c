import { type Cbor, type LogEntry } from '@fairground/ledger';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answer,
  bankOf,
  type EveningOptions,
  KIND_QUESTIONS,
  placesOf,
  rightSaid,
  send,
  sealedAnswer,
  startEvening,
  stateOf,
  type TestKind,
  wait,
} from '../testing/index.ts';
import { answerBody, trivia, type TriviaView } from './index.ts';
import { chosenShare, estimateShares, orderShare } from './judge.ts';
import { suppliedQuestions } from './question.ts';

const seed = 'kinds';

function asked(kind: TestKind, config = {}, more: readonly TestKind[] = []) {
  const log: LogEntry[] = [];
  const onStep: EveningOptions['onStep'] = (_world, { entry }) => log.push(entry);
  const bank = bankOf(kind, ...more);
  const questions = 1 + more.length;
  const options = { seed, supply: bank, config: { questions, kinds: [kind], ...config }, onStep };
  return { ...startEvening(options, 'host', 'bob', 'cid', 'dan'), log };
}
type Asked = ReturnType<typeof asked>;

function say(begun: Asked, ...said: readonly Cbor[]): readonly (string | undefined)[] {
  return said.map((one, i) => answer(begun.table, begun.players[i as 0], one));
}
const roundOf = ({ table, players }: Asked, who = 0) =>
  (trivia.view(stateOf(table), { key: players[who as 0].key }) as TriviaView).round;
const sharesOf = ({ table }: Asked) =>
  stateOf(table).seats.map(({ turns }) => turns[0]?.share ?? turns[0]?.choice);

describe('[T53] what is sealed', () => {
  it.each(Object.keys(KIND_QUESTIONS) as TestKind[])('to %s is read by its kind', (kind) => {
    const begun = asked(kind);
    const right = rightSaid(begun.table);
    expect(say(begun, right, right, kind === 'text' ? 'x'.repeat(41) : 'x', [9])).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(stateOf(begun.table).phase).toBe('revealed');
    const turns = stateOf(begun.table).seats.map(({ turns: [first] }) => first?.choice);
    expect(turns.slice(2)).toEqual([-2, -2]);
    expect(turns[0]).toBeGreaterThanOrEqual(0);
    const mine = roundOf(begun)?.result?.mine;
    expect(mine?.right).toBe(kind !== 'poll');
    expect(mine?.said ?? mine?.choice).toEqual(
      kind === 'multi' ? (right as number[]).toSorted((a, b) => a - b) : right,
    );
  });

  it.each<[TestKind, Cbor]>([
    ['multi', []],
    ['multi', [0, 0]],
    ['multi', 1],
    ['order', [0, 1, 2]],
    ['order', [0, 1, 2, 2]],
    ['text', '   '],
    ['text', 7],
    ['number', '8849'],
    ['number', 2 ** 52],
  ])('to %s as %j is void', (kind, said) => {
    const begun = asked(kind);
    say(begun, said, rightSaid(begun.table), rightSaid(begun.table), rightSaid(begun.table));
    expect(roundOf(begun)?.result?.mine).toMatchObject({ reason: 'seal_void', points: 0 });
  });

  it('is not asked for by what is no question of its kind', () => {
    const of = (thing: Cbor) => suppliedQuestions([thing], 9).length;
    expect(Object.values(KIND_QUESTIONS).map(of)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(of({ ...KIND_QUESTIONS.order, correct: [0, 1] })).toBe(0);
    expect(of({ ...KIND_QUESTIONS.text, answers: [], correct: [] })).toBe(0);
    expect(of({ ...KIND_QUESTIONS.number, number: null })).toBe(0);
    expect(of({ ...KIND_QUESTIONS.choice, correct: [] })).toBe(0);
  });
});

describe('[T54] the length of a sealed answer', () => {
  it.each(Object.keys(KIND_QUESTIONS) as TestKind[])('to %s says nothing', (kind) => {
    const texts: readonly Cbor[] = ['a', 'ab', '😀'.repeat(40)];
    const said = kind === 'text' ? texts : [0, [0, 1], [1, 0]];
    const lengths = said.map((choice) => {
      const context = {
        world: new Uint8Array(32),
        lot: 0,
        pk: new Uint8Array(32).fill(9),
        key: new Uint8Array(32),
      };
      const body = answerBody({
        ...{ ...context, header: new Uint8Array(4), kind, nonce: new Uint8Array(32) },
        choice: choice as number,
      });
      return body.seal.ct.length;
    });
    expect(new Set(lengths).size).toBe(1);
  });

  it('must be the one of its kind', () => {
    const { table, players } = asked('text');
    const pk = stateOf(table).questions[0]?.pk ?? new Uint8Array(0);
    const short = (header: Uint8Array) => {
      const { seal } = answerBody({
        ...{ world: stateOf(table).world, lot: 0, pk, key: players[0].key, header },
        ...{ choice: 0, nonce: new Uint8Array(32), ephemeral: new Uint8Array(32).fill(3) },
      });
      return { lot: 0, seal: { ...seal } };
    };
    expect(send(table, players[0], 'answer', short)).toBe('wrong_size');
    expect(send(table, players[0], 'answer', sealedAnswer(table, players[0], 'Zola', 0))).toBeUndefined();
  });
});

describe('[T55] of several', () => {
  it('right ones less wrong ones are worth points, all of them are a hit', () => {
    const begun = asked('multi', { streak: false });
    const places = (...names: readonly string[]) => placesOf(begun.table, ...names);
    say(
      begun,
      places('Two', 'Four', 'Six'),
      places('Two', 'Four'),
      places('Two', 'Three'),
      places('Two', 'Four', 'Five'),
    );
    expect(sharesOf(begun)).toEqual([1000, 666, 0, 333]);
    expect(stateOf(begun.table).seats.map(({ points }) => points)).toEqual([1000, 666, 0, 333]);
    expect(stateOf(begun.table).seats.map(({ right }) => right)).toEqual([1, 0, 0, 0]);
    expect(roundOf(begun)?.result?.histogram.reduce((a, b) => a + b)).toBe(10);
  });

  it('choosing all is worth less than choosing what is right, and never below nothing', () => {
    const options = fc.uniqueArray(fc.nat(5), { minLength: 1 });
    fc.assert(
      fc.property(options, options, (chosen, correct) => {
        const share = chosenShare(chosen, correct);
        const isWhole = chosen.length === correct.length && chosen.every((one) => correct.includes(one));
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share === 1000).toBe(isWhole);
      }),
    );
  });
});

describe('[T56] in order', () => {
  it('pairs count', () => {
    const begun = asked('order', { streak: false });
    const places = (...names: readonly string[]) => placesOf(begun.table, ...names);
    say(
      begun,
      places('Rome', 'Bern', 'Oslo', 'Brno'),
      places('Bern', 'Rome', 'Oslo', 'Brno'),
      places('Brno', 'Oslo', 'Bern', 'Rome'),
      places('Rome', 'Brno', 'Oslo', 'Bern'),
    );
    expect(sharesOf(begun)).toEqual([1000, 666, 0, 0]);
    expect(roundOf(begun)?.result?.correct).toEqual(places('Rome', 'Bern', 'Oslo', 'Brno'));
  });

  it('only the whole order is whole, and of an order and its reverse one is worth nothing', () => {
    const permutation = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(permutation, permutation, (said, correct) => {
        const share = orderShare(said, correct);
        expect(share === 1000).toBe(said.join() === correct.join());
        expect(share === 0 || orderShare(said.toReversed(), correct) === 0).toBe(true);
      }),
    );
  });
});

describe('[T58] an estimate', () => {
  it('is worth its rank, however long it took, and ends no streak', () => {
    const begun = asked('number', {}, ['choice', 'number']);
    const { table, players } = begun;
    answer(table, players[0], 8_000);
    wait(table, 10_000);
    answer(table, players[1], 8_850);
    answer(table, players[2], 8_848);
    answer(table, players[3], 1);
    expect(sharesOf(begun)).toEqual([333, 1000, 1000, 0]);
    expect(stateOf(table).seats.map(({ points }) => points)).toEqual([333, 1000, 1000, 0]);
    expect(stateOf(table).seats.map(({ asked: count, streak }) => [count, streak])).toEqual(
      Array.from({ length: 4 }, () => [0, 0]),
    );
    expect(roundOf(begun)?.result).toMatchObject({
      value: 8_849,
      said: [{ said: 8_848, count: 1, share: 1000 }, { said: 8_850 }, { said: 8_000 }, { said: 1 }],
    });
    send(table, players[0], 'next');
    for (const player of players) answer(table, player, rightSaid(table));
    send(table, players[0], 'next');
    for (const player of players) answer(table, player, 5);
    expect(stateOf(table).seats.map(({ asked: count, streak }) => [count, streak])).toEqual(
      Array.from({ length: 4 }, () => [1, 1]),
    );
  });

  it('that comes late changes the others’ ranks', () => {
    const ranks = (estimates: readonly number[]) => estimateShares(estimates, 100);
    expect(ranks([90, 120, 70])).toEqual([1000, 500, 0]);
    expect(ranks([90, 120, 70, 101])).toEqual([666, 333, 0, 1000]);
    expect(ranks([109])).toEqual([1000]);
    expect(ranks([111])).toEqual([0]);
    expect(ranks([5, 5])).toEqual([1000, 1000]);
  });

  it('nearer is never worth less, and somebody always has all', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 2, maxLength: 30 }),
        fc.integer(),
        (estimates, value) => {
          const shares = estimateShares(estimates, value);
          expect(Math.max(...shares)).toBe(1000);
          for (const [i, a] of estimates.entries())
            for (const [j, b] of estimates.entries())
              if (Math.abs(a - value) < Math.abs(b - value))
                expect(shares[i]).toBeGreaterThan(shares[j] ?? 0);
        },
      ),
    );
  });
});

it('[T59] a poll has no right answer, gives nothing and ends no streak', () => {
  const begun = asked('poll');
  say(begun, 0, 1, 1, 2);
  expect(
    stateOf(begun.table).seats.map(({ points, asked: count, streak }) => [points, count, streak]),
  ).toEqual(Array.from({ length: 4 }, () => [0, 0, 0]));
  expect(roundOf(begun)?.result?.histogram).toEqual([1, 2, 1]);
  expect((trivia.view(stateOf(begun.table), { key: begun.players[0].key }) as TriviaView).history).toEqual([
    'none',
  ]);
});

describe('[T60] a question’s own', () => {
  const own = { ...KIND_QUESTIONS.choice, windowMs: 40_000, points: 300 };
  const begin = (config = {}) =>
    startEvening({ seed, supply: () => [own], config: { questions: 1, ...config } }, 'host', 'bob');

  it('time and points are used instead of the match’s', () => {
    const { table, players } = begin();
    wait(table, 20_000);
    expect(stateOf(table).phase).toBe('open');
    for (const player of players) answer(table, player, rightSaid(table));
    expect(stateOf(table).seats.map(({ points }) => points)).toEqual([225, 225]);
  });

  it('points are the least as well, in a match whose questions are worth nothing', () => {
    const { table, players } = begin({ maxPoints: 0, minPoints: 0 });
    wait(table, 30_000);
    for (const player of players) answer(table, player, rightSaid(table));
    expect(stateOf(table).seats.map(({ points }) => points)).toEqual([300, 300]);
  });
});
