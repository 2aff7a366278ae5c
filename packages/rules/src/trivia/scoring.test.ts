import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answer,
  type Player,
  rightChoice,
  send,
  startEvening,
  stateOf,
  wait,
  wrongChoice,
} from '../testing/index.ts';
import { Config } from './config.ts';
import { trivia } from './index.ts';
import { elapsedFor, pointsFor } from './scoring.ts';

const config = (change = {}) => Config.parse({ topics: ['a'], ...change });
const configs = fc
  .record({
    points: fc.tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10_000 })),
    windowMs: fc.integer({ min: 5_000, max: 120_000 }),
    streak: fc.boolean(),
    compensationMs: fc.integer({ min: 0, max: 500 }),
  })
  .map(({ points, ...rest }) =>
    config({ minPoints: Math.min(...points), maxPoints: Math.max(...points), ...rest }),
  );

describe('points', () => {
  it.each([
    [0, 1_000],
    [1, 999],
    [5_000, 875],
    [10_000, 750],
    [19_999, 500],
    [20_000, 500],
  ])('[T29] a hit after %i ms is worth %i', (elapsedMs, base) => {
    expect(pointsFor(config(), elapsedMs, 0)).toEqual({ base, streakBonus: 0 });
  });

  it.each([
    [0, 0],
    [1, 99],
    [3, 299],
    [5, 499],
    [9, 499],
  ])('[T30] after %i hits in a row a hit of 999 has %i more', (streakBefore, streakBonus) => {
    expect(pointsFor(config(), 1, streakBefore)).toEqual({ base: 999, streakBonus });
    expect(pointsFor(config({ streak: false }), 1, streakBefore).streakBonus).toBe(0);
  });

  it('[T29] [T30] points lie within their bounds, are whole, and never rise with time', () => {
    fc.assert(
      fc.property(configs, fc.nat(140_000), fc.nat(1_000), fc.nat(20), (settings, since, rtt, streak) => {
        const elapsedMs = elapsedFor(settings, since, rtt);
        const { base, streakBonus } = pointsFor(settings, elapsedMs, streak);
        expect(Number.isSafeInteger(base) && Number.isSafeInteger(streakBonus)).toBe(true);
        expect(base).toBeGreaterThanOrEqual(settings.minPoints);
        expect(base).toBeLessThanOrEqual(settings.maxPoints);
        expect(streakBonus).toBeLessThanOrEqual(base / 2);
        expect(
          pointsFor(settings, Math.min(settings.windowMs, elapsedMs + 1), streak).base,
        ).toBeLessThanOrEqual(base);
      }),
    );
  });

  it('[T21] the time that counts lies within the window, and a measured round trip can only shorten it by its bound', () => {
    fc.assert(
      fc.property(configs, fc.nat(140_000), fc.nat(5_000), (settings, since, rtt) => {
        const elapsedMs = elapsedFor(settings, since, rtt);
        expect(elapsedMs).toBeGreaterThanOrEqual(
          Math.max(0, Math.min(settings.windowMs, since - settings.compensationMs)),
        );
        expect(elapsedMs).toBeLessThanOrEqual(Math.min(settings.windowMs, since));
      }),
    );
  });
});

/** Who answers what when, by question: undefined is no answer. */
type Script = readonly (readonly ({ readonly hit: boolean; readonly after: number } | undefined)[])[];

/** The same evening in plain arithmetic: what the rules must come to. */
function expectedTotals(script: Script, seats: number) {
  return Array.from({ length: seats }, (_, seat) => {
    let [points, streak, right] = [0, 0, 0];
    for (const round of script) {
      const move = round[seat];
      const worth = move?.hit ? Math.floor(1_000 - (500 * move.after) / 20_000) : 0;
      const percent = 100 + 10 * Math.min(5, streak);
      points += Math.floor((worth * percent) / 100);
      streak = move?.hit ? streak + 1 : 0;
      right += move?.hit ? 1 : 0;
    }
    return { points, streak, right, asked: script.length };
  });
}

describe('totals', () => {
  const move = fc.option(fc.record({ hit: fc.boolean(), after: fc.nat(19_999) }), { nil: undefined });

  it('[T31] [T33] equal a plain computation over who answered what when', () => {
    const scripts = fc.array(fc.tuple(move, move, move), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(scripts, (script) => {
        const seed = 'totals';
        const { table, players } = startEvening(
          { seed, config: { questions: script.length } },
          'host',
          'bob',
          'cid',
        );
        for (const round of script) playRound(table, players, round, seed);
        const totals = stateOf(table).seats.map(({ points, streak, right, asked }) => ({
          points,
          streak,
          right,
          asked,
        }));
        expect(totals).toEqual(expectedTotals(script, 3));
      }),
      { numRuns: 25 },
    );
  });

  it('[T32] equal points share a rank, and the ranks after it are left out', () => {
    const seed = 'ranks';
    const { table, players } = startEvening({ seed }, 'host', 'bob', 'cid', 'dan');
    const [host, bob, cid, dan] = players;
    const [right, wrong] = [rightChoice(table, seed), wrongChoice(table, seed)];
    answer(table, dan, wrong);
    answer(table, cid, right);
    answer(table, bob, right);
    wait(table, 1_000);
    answer(table, host, right);
    const { standings } = trivia.view(stateOf(table), {}) as {
      standings: { name: string; rank: number; rankBefore: number }[];
    };
    expect(standings.map(({ name, rank, rankBefore }) => [name, rank, rankBefore])).toEqual([
      ['bob', 1, 1],
      ['cid', 1, 1],
      ['host', 3, 1],
      ['dan', 4, 1],
    ]);
  });

  it('[T32] who was not asked the newest question stood before it where it stands now', () => {
    const seed = 'left';
    const { table, players } = startEvening({ seed }, 'host', 'bob', 'cid');
    const [host, bob, cid] = players;
    for (const player of [host, bob, cid]) answer(table, player, rightChoice(table, seed));
    send(table, cid, 'leave');
    send(table, host, 'next');
    answer(table, host, rightChoice(table, seed));
    answer(table, bob, wrongChoice(table, seed));
    expect(stateOf(table).seats.map(({ lastPoints }) => lastPoints)).toEqual([1_100, 0, 0]);
    const { standings } = trivia.view(stateOf(table), {}) as {
      standings: { name: string; rank: number; rankBefore: number }[];
    };
    expect(standings.map(({ rank, rankBefore }) => [rank, rankBefore])).toEqual([
      [1, 1],
      [2, 1],
      [2, 1],
    ]);
  });

  it('[T33] accuracy is apart from speed: slow and right is as right as quick and right', () => {
    const seed = 'accuracy';
    const { table, players } = startEvening({ seed }, 'host', 'bob');
    answer(table, players[0], rightChoice(table, seed));
    wait(table, 19_000);
    answer(table, players[1], rightChoice(table, seed));
    const [quick, slow] = stateOf(table).seats;
    expect(quick?.points).toBeGreaterThan(slow?.points ?? 0);
    expect([quick?.right, quick?.asked]).toEqual([slow?.right, slow?.asked]);
  });
});

function playRound(
  table: ReturnType<typeof startEvening>['table'],
  players: readonly Player[],
  round: Script[number],
  seed: string,
): void {
  const current = stateOf(table).current;
  const moves = players.flatMap((player, i) => {
    const made = round[i];
    return made ? [{ player, ...made }] : [];
  });
  const opened = table.loop.now;
  const [right, wrong] = [rightChoice(table, seed), wrongChoice(table, seed)];
  for (const { player, hit, after } of moves.toSorted((a, b) => a.after - b.after)) {
    wait(table, opened + after - table.loop.now);
    expect(answer(table, player, hit ? right : wrong)).toBeUndefined();
  }
  while (stateOf(table).phase !== 'revealed') wait(table, 500);
  expect(stateOf(table).current).toBe(current);
  const host = players[0];
  if (host) expect(send(table, host, 'next')).toBeUndefined();
}
