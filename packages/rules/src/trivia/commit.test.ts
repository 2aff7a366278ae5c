import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answer,
  createEvening,
  disorderOf,
  joinBody,
  type Player,
  playerOf,
  rightChoice,
  seat,
  sealedAnswer,
  send,
  settle,
  startEvening,
  stateOf,
  type TriviaTable,
  wait,
} from '../testing/index.ts';

const seed = 'commits';
const runs = { numRuns: 40 };

describe('one commit', () => {
  type Wish = (
    table: TriviaTable,
    player: Player,
  ) => readonly [kind: string, body: Parameters<typeof send>[3]];
  const inLobby: readonly Wish[] = [
    (_table, player) => ['join', joinBody(player, 'same name')],
    (_table, player) => ['join', joinBody(player, player.name)],
    () => ['start', {}],
    () => ['leave', {}],
    () => ['configure', { seats: 2 }],
    () => ['ready', { ready: true }],
    () => ['team', { team: 1 }],
    () => ['lock', { locked: true }],
    () => ['pause', {}],
    (table) => ['kick', { who: playerOf(table, 'ann').key, forMs: 5_000 }],
    (table) => ['handover', { to: playerOf(table, 'ann').key }],
  ];
  const inQuestion: readonly Wish[] = [
    (table, player) => ['answer', sealedAnswer(table, player, rightChoice(table, seed), 0)],
    (table, player) => ['answer', sealedAnswer(table, player, 1, 0)],
    () => ['leave', {}],
    (_table, player) => ['join', joinBody(player, 'same name')],
    () => ['next', {}],
    () => ['vote', { question: 0, vote: 'up' }],
    () => ['pause', {}],
    () => ['resume', {}],
    () => ['skip', {}],
    () => ['claim', {}],
    () => ['here', { lot: 0 }],
    (table) => ['kick', { who: playerOf(table, 'bob').key, forMs: 5_000 }],
    (table) => ['handover', { to: playerOf(table, 'ann').key }],
  ];

  function arrive(
    table: TriviaTable,
    names: readonly string[],
    wishes: readonly Wish[],
    order: readonly number[],
  ) {
    const signed = names.map((name, i) => {
      const player = playerOf(table, name);
      const [kind, body] = wishes[i % wishes.length]?.(table, player) ?? ['leave', {}];
      return { player, kind, body };
    });
    for (const i of order) {
      const one = signed[i];
      if (one) send(table, one.player, one.kind, one.body, { quiet: true });
    }
    settle(table);
    wait(table, 60_000);
  }

  const names = ['host', 'ann', 'bob', 'cid', 'dan', 'eve'];
  const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 });
  const wishes = (all: readonly Wish[]) => fc.array(fc.constantFrom(...all), { minLength: 6, maxLength: 6 });

  it('[R4] in the lobby may arrive in any order', () => {
    fc.assert(
      fc.property(order, wishes(inLobby), (arrival, chosen) => {
        const table = createEvening({ seed, config: { questions: 2, teams: 2 } });
        seat(table, 'host', 'ann');
        arrive(table, names, chosen, arrival);
        expect(disorderOf(stateOf(table))).toEqual([]);
      }),
      runs,
    );
  });

  const config = { questions: 2, waitMs: 5_000, claimMs: 20_000, wager: true, advance: 'host' };
  it('[R4] in a question may arrive in any order', () => {
    fc.assert(
      fc.property(order, wishes(inQuestion), (arrival, chosen) => {
        const { table } = startEvening({ seed, config }, 'host', 'ann', 'bob', 'cid');
        arrive(table, names, chosen, arrival);
        expect(disorderOf(stateOf(table))).toEqual([]);
      }),
      runs,
    );
  });

  it('[R4] of answers scores the same in any order', () => {
    const scores = new Set<string>();
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (arrival) => {
        const { table, players } = startEvening(
          { seed, config: { questions: 1 } },
          'host',
          'ann',
          'bob',
          'cid',
        );
        wait(table, 2_000);
        const right = rightChoice(table, seed);
        for (const i of arrival)
          answer(table, players[i] ?? players[0], i === 2 ? right + 9 : right, { quiet: true });
        settle(table);
        scores.add(JSON.stringify(stateOf(table).seats.map(({ points, right: hits }) => [points, hits])));
      }),
      runs,
    );
    expect([...scores]).toEqual(['[[950,1],[950,1],[0,0],[950,1]]']);
  });
});
