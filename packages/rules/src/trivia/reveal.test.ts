import { equalBytes, type LogEntry, lotKeyPair } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import {
  answer,
  type EveningOptions,
  pause,
  type Player,
  playOut,
  resume,
  rightChoice,
  send,
  startEvening,
  stateOf,
  wait,
  withhold,
  worldOf,
  wrongChoice,
} from '../testing/index.ts';
import { trivia } from './index.ts';

const seed = 'reveals';

function started(names: readonly [string, ...string[]] = ['host', 'bob'], config = {}, bank = 50) {
  const log: LogEntry[] = [];
  const onStep: EveningOptions['onStep'] = (_world, { entry }) => log.push(entry);
  const begun = startEvening({ seed, config: { questions: 3, ...config }, bank, onStep }, ...names);
  return { ...begun, log };
}
const entriesOfKind = <Kind extends LogEntry['kind']>(log: readonly LogEntry[], kind: Kind) =>
  log.filter((entry): entry is Extract<LogEntry, { kind: Kind }> => entry.kind === kind);

describe('revealing', () => {
  it('[T22] the lot is opened by its key, then the right answer', () => {
    const { table, players, log } = started();
    for (const player of players) answer(table, player, rightChoice(table, seed));
    const [lot] = entriesOfKind(log, 'lot');
    const [key] = entriesOfKind(log, 'key');
    expect(lot && key && equalBytes(lotKeyPair(lot.sk).pk, key.pk)).toBe(true);
    expect(lot).toMatchObject({ lot: 0, void: [], more: false });
    expect(lot?.openings.map(({ value }) => value)).toEqual([
      rightChoice(table, seed),
      rightChoice(table, seed),
    ]);
    expect(log.findIndex(({ kind }) => kind === 'lot')).toBeLessThan(
      log.findIndex((entry) => entry.kind === 'reveal' && entry.what === 'answer'),
    );
  });

  it('[T22] a question that nobody answered is opened too', () => {
    const { table, log } = started();
    wait(table, 21_000);
    expect(entriesOfKind(log, 'lot')).toMatchObject([{ lot: 0, openings: [], void: [], more: false }]);
    expect(stateOf(table).phase).toBe('revealed');
  });

  it('[T23] what holds no option, and what does not open, scores nothing and is an answer', () => {
    const { table, players, log } = started(['host', 'bob', 'cid']);
    answer(table, players[0], 9);
    answer(table, players[1], 'x');
    const garbled = { commit: new Uint8Array(32), enc: new Uint8Array(32).fill(9), ct: new Uint8Array(80) };
    expect(send(table, players[2], 'answer', { lot: 0, seal: garbled })).toBeUndefined();
    expect(entriesOfKind(log, 'lot')[0]?.void).toHaveLength(1);
    const { questions, seats } = stateOf(table);
    expect(questions[0]).toMatchObject({
      outcome: 'revealed',
      answeredCount: 3,
      histogram: questions[0]?.order.map(() => 0),
    });
    expect(seats.map(({ points, asked }) => [points, asked])).toEqual(seats.map(() => [0, 1]));
    const view = trivia.view(stateOf(table), { key: players[2].key });
    expect(view).toMatchObject({
      round: { result: { mine: { choice: null, right: false, reason: 'seal_void' } } },
      history: ['miss'],
    });
  });

  it('[T24] a question that is not opened in time is void, and the match goes on', () => {
    const { table, players } = started();
    const [host, bob] = players;
    for (const player of players) answer(table, player, rightChoice(table, seed));
    wait(table, 6_000);
    withhold(table, ({ lot }) => lot === 1);
    answer(table, host, rightChoice(table, seed));
    answer(table, bob, wrongChoice(table, seed));
    wait(table, 30_000);
    withhold(table, () => false);
    wait(table, 0);
    expect(stateOf(table)).toMatchObject({ phase: 'open', current: 2 });
    expect(answer(table, bob, 0, { lot: 1 })).toBe('question_void');
    for (const player of players) answer(table, player, rightChoice(table, seed));
    expect(
      stateOf(table).seats.map(({ points, asked, right, streak }) => ({ points, asked, right, streak })),
    ).toEqual([
      { points: 2_100, asked: 2, right: 2, streak: 2 },
      { points: 2_100, asked: 2, right: 2, streak: 2 },
    ]);
    expect(trivia.view(stateOf(table), { key: bob.key })).toMatchObject({ history: ['hit', 'none', 'hit'] });
  });

  it('[T24] a question that is not asked in time is void', () => {
    const { table } = started();
    withhold(table, ({ act }) => act === 'unseal');
    wait(table, 21_000 + 30_000 + 30_000);
    expect(stateOf(table).questions.map(({ outcome }) => outcome)).toEqual(['void', 'void', 'waiting']);
    wait(table, 30_000);
    expect(stateOf(table)).toMatchObject({ phase: 'over', reason: 'finished' });
  });

  it('[T25] the result counts choices and names the three quickest hits', () => {
    const { table } = started(['host', 'bob', 'cid', 'dan', 'eve']);
    const seats = stateOf(table).seats.map(({ name }) => table.players.get(name) as Player);
    const [host, bob, cid, dan, eve] = seats as [Player, Player, Player, Player, Player];
    const right = rightChoice(table, seed);
    wait(table, 1_000);
    answer(table, dan, right);
    answer(table, bob, right);
    wait(table, 1_000);
    answer(table, host, right);
    answer(table, eve, right);
    answer(table, cid, wrongChoice(table, seed));
    const view = trivia.view(stateOf(table), { key: cid.key }) as {
      round: {
        result: { histogram: number[]; correct: number[]; fastest: { id: string }[]; explanation: string };
      };
    };
    const { histogram, correct, fastest, explanation } = view.round.result;
    expect(correct).toEqual([right]);
    expect(histogram[right]).toBe(4);
    expect(histogram.reduce((a, b) => a + b)).toBe(5);
    expect(fastest.map(({ id }) => id)).toEqual(
      [dan, bob, host].map(({ key }) => Buffer.from(key).toString('hex')),
    );
    expect(explanation).toMatch(/^Because|^$/);
    expect(view).toMatchObject({
      round: {
        result: { mine: { right: false, reason: 'wrong', elapsedMs: 2_000 }, source: { name: 'Test' } },
      },
    });
  });

  it('[T26] the next question waits, unless the host skips', () => {
    const { table, players } = started();
    const [host, bob] = players;
    expect(send(table, host, 'next')).toBe('not_now');
    for (const player of players) answer(table, player, 0);
    wait(table, 5_999);
    expect(stateOf(table)).toMatchObject({ phase: 'revealed', current: 0 });
    wait(table, 1);
    expect(stateOf(table)).toMatchObject({ phase: 'open', current: 1 });
    for (const player of players) answer(table, player, 0);
    expect(send(table, bob, 'next')).toBe('not_host');
    expect(send(table, host, 'next')).toBeUndefined();
    expect(stateOf(table)).toMatchObject({ phase: 'open', current: 2 });
  });

  it('[T27] with the host gone the match plays itself out', () => {
    const { table, players } = started();
    send(table, players[0], 'leave');
    playOut(table);
    expect(worldOf(table).closed).toMatchObject({ reason: 'finished' });
    expect(stateOf(table).questions.every(({ outcome }) => outcome === 'revealed')).toBe(true);
  });

  it('[T37] a pause moves the window and leaves what was answered as it was', () => {
    const { table, players } = started();
    wait(table, 4_000);
    answer(table, players[0], rightChoice(table, seed));
    pause(table);
    table.loop.now += 3_600_000;
    resume(table);
    wait(table, 6_000);
    answer(table, players[1], rightChoice(table, seed));
    expect(stateOf(table).seats.map(({ points }) => points)).toEqual([900, 750]);
  });

  it('[T37] a pause while a result is shown moves the next question', () => {
    const { table, players } = started();
    for (const player of players) answer(table, player, 0);
    wait(table, 2_000);
    pause(table);
    table.loop.now += 60_000;
    resume(table);
    wait(table, 3_999);
    expect(stateOf(table)).toMatchObject({ phase: 'revealed', current: 0 });
    wait(table, 1);
    expect(stateOf(table)).toMatchObject({ phase: 'open', current: 1 });
  });

  it('[T37] after a pause in the closing a question collects again before it is opened', () => {
    const { table, players } = started();
    answer(table, players[0], rightChoice(table, seed));
    withhold(table, ({ lot }) => lot === 0);
    wait(table, 20_900);
    pause(table);
    table.loop.now += 60_000;
    withhold(table, () => false);
    resume(table);
    expect(stateOf(table).phase).toBe('closing');
    expect(answer(table, players[1], rightChoice(table, seed))).toBeUndefined();
    expect(stateOf(table)).toMatchObject({ phase: 'revealed' });
    expect(stateOf(table).seats.map(({ points }) => points)).toEqual([1_000, 500]);
  });
});
