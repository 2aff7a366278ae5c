import { describe, expect, it } from 'vitest';
import {
  answer,
  type Player,
  playOut,
  rightChoice,
  send,
  startEvening,
  stateOf,
  type TriviaTable,
  wait,
  worldOf,
  wrongChoice,
} from '../testing/index.ts';
import { trivia, type TriviaView } from './index.ts';
import { REFUSALS } from './refusals.ts';

const seed = 'after';
const viewOf = (table: TriviaTable, player?: Player) =>
  trivia.view(stateOf(table), player ? { key: player.key } : {}) as TriviaView;

describe('votes', () => {
  it('[T34] are taken from the reveal on, and the last one counts', () => {
    const { table, players } = startEvening({ seed, config: { questions: 2 } }, 'host', 'bob');
    const [host, bob] = players;
    const vote = (player: Player, word: string, question = 0) =>
      send(table, player, 'vote', { question, vote: word, note: '' });
    expect(vote(host, 'up')).toBe('not_revealed');
    for (const player of players) answer(table, player, 0);
    wait(table, 1_500);
    expect(vote(host, 'up')).toBeUndefined();
    expect(vote(bob, 'up')).toBeUndefined();
    wait(table, 500);
    expect(vote(bob, 'flag')).toBeUndefined();
    expect(viewOf(table, bob).round?.result).toMatchObject({
      votes: { up: 1, down: 0, flag: 1 },
      myVote: 'flag',
    });
    expect(stateOf(table).questions[0]?.votes.get(1)).toEqual({ vote: 'flag', latencyMs: 2_000 });
    expect(vote(host, 'up', 7)).toBe('not_revealed');
    expect(vote(host, 'great')).toBe('intent_body');
    wait(table, 4_000);
    expect(stateOf(table).current).toBe(1);
    expect(vote(host, 'down')).toBeUndefined();
    wait(table, 30_000);
    expect(stateOf(table).phase).toBe('over');
    expect(vote(bob, 'down', 1)).toBeUndefined();
    wait(table, 600_000);
    expect(vote(bob, 'up', 1)).toBe('world_closed');
  });
});

describe('the end', () => {
  function played() {
    const { table, players } = startEvening({ seed, config: { questions: 3 } }, 'host', 'bob', 'cid');
    const [host, bob, cid] = players;
    for (const after of [1_000, 2_000, 3_000]) {
      wait(table, after);
      answer(table, host, rightChoice(table, seed));
      answer(table, bob, after === 2_000 ? wrongChoice(table, seed) : rightChoice(table, seed));
      answer(table, cid, wrongChoice(table, seed));
      wait(table, 6_000);
    }
    return { table, players };
  }

  it('[T35] has a summary of every seat, and awards', () => {
    const { table, players } = played();
    const [host, bob, cid] = players.map(({ key }) => Buffer.from(key).toString('hex'));
    expect(viewOf(table).over).toEqual({
      reason: 'finished',
      asked: 3,
      void: 0,
      seats: [
        expect.objectContaining({
          id: host,
          rank: 1,
          points: 975 + 1_045 + 1_110,
          right: 3,
          asked: 3,
          bestStreak: 3,
          meanMs: 2_000,
          fastestMs: 1_000,
          beats: 100,
        }),
        expect.objectContaining({
          id: bob,
          rank: 2,
          points: 975 + 925,
          right: 2,
          bestStreak: 1,
          meanMs: 2_000,
          beats: 50,
        }),
        expect.objectContaining({
          id: cid,
          rank: 3,
          points: 0,
          right: 0,
          answered: 3,
          meanMs: null,
          fastestMs: null,
          beats: 0,
        }),
      ],
      awards: [
        { kind: 'winner', ids: [host], value: 3_130 },
        { kind: 'quickest', ids: [host, bob], value: 1_000 },
        { kind: 'sharpest', ids: [host], value: 10_000 },
        { kind: 'streak', ids: [host], value: 3 },
      ],
    });
  });

  it('[T35] comes by itself, or when the host says so', () => {
    const waited = played().table;
    expect(send(waited, waited.players.get('host') as Player, 'next')).toBe('not_now');
    wait(waited, 599_999);
    expect(worldOf(waited).closed).toBeUndefined();
    wait(waited, 1);
    expect(worldOf(waited).closed).toMatchObject({ reason: 'finished' });
    const { table, players } = played();
    expect(send(table, players[1], 'close')).toBe('not_host');
    expect(send(table, players[0], 'close')).toBeUndefined();
    expect(worldOf(table).closed).toMatchObject({ reason: 'finished' });
    const early = startEvening({ seed }, 'host');
    expect(send(early.table, early.players[0], 'close')).toBe('not_over');
  });

  it('[T35] a match that nobody answered has a summary without awards', () => {
    const { table } = startEvening({ seed, config: { questions: 2 } }, 'host');
    playOut(table);
    expect(viewOf(table).over).toMatchObject({
      awards: [],
      seats: [{ points: 0, asked: 2, answered: 0, beats: null }],
    });
  });
});

describe('what a screen shows', () => {
  it('[T39] until the reveal nobody sees what anybody chose, or what is right', () => {
    const { table, players } = startEvening({ seed }, 'host', 'bob');
    const [host, bob] = players;
    const before = viewOf(table, bob);
    answer(table, host, rightChoice(table, seed));
    const { round, standings, now: _now, ...rest } = viewOf(table, bob);
    const { round: roundBefore, standings: standingsBefore, now: _before, ...restBefore } = before;
    expect(rest).toEqual(restBefore);
    expect(round).toEqual({ ...roundBefore, answeredCount: 1 });
    expect(standings).toEqual(standingsBefore.map((one) => ({ ...one, answered: one.name === 'host' })));
    expect(viewOf(table, host).round?.myLock).toEqual({
      at: table.loop.now,
      index: table.loop.entries.length - 1,
    });
    expect(viewOf(table, host).round?.result).toBeUndefined();
  });

  it('[T38] names a hundred seats and the viewer', () => {
    const names = Array.from({ length: 130 }, (_, i) => `player ${i}`);
    const { table, players } = startEvening({ seed, config: { seats: 200, questions: 1 } }, 'host', ...names);
    const last = players.at(-1) as Player;
    for (const player of players.slice(0, -1))
      answer(table, player, rightChoice(table, seed), { quiet: true });
    expect(viewOf(table).standings).toHaveLength(100);
    expect(viewOf(table, last).standings).toHaveLength(101);
    playOut(table);
    const shown = viewOf(table, last);
    expect(shown.standings.at(-1)).toMatchObject({ name: last.name, rank: 131 });
    expect(shown.over?.seats).toHaveLength(101);
    expect(shown.over?.seats.at(-1)).toMatchObject({ name: last.name, beats: 0 });
  });

  it('[T38] is the same each time it is asked, and changes nothing', () => {
    const { table, players } = startEvening({ seed }, 'host', 'bob');
    for (const player of players) answer(table, player, 0);
    const bytes = trivia.encode(stateOf(table));
    const first = JSON.stringify(viewOf(table, players[0]));
    expect(JSON.stringify(viewOf(table, players[0]))).toBe(first);
    expect(trivia.encode(stateOf(table))).toEqual(bytes);
    const copy = trivia.view(trivia.decode(bytes), { key: players[0].key });
    expect(JSON.stringify(copy)).toBe(first);
  });

  it('[T38] the card of the directory', () => {
    const { table } = startEvening(
      { seed, config: { title: 'Friday', topics: ['music', 'food'], questions: 1 } },
      'host',
      'bob',
    );
    expect(trivia.card(stateOf(table))).toEqual({
      title: 'Friday',
      topic: 'music',
      phase: 'running',
      players: 2,
      seats: 50,
    });
    playOut(table);
    expect(trivia.card(stateOf(table))).toMatchObject({ phase: 'over' });
  });

  it('[T40] every code is a snake_case word with a sentence for people', () => {
    for (const [code, meaning] of Object.entries(REFUSALS)) {
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(meaning.length).toBeGreaterThan(10);
    }
  });
});
