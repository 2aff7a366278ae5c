import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { notePlayed, playedMatches, statisticsOf } from './statistics.ts';

const match = (world: string, change: object = {}) => ({
  ...{ world, rank: 1, players: 4, right: 7, asked: 10, bestStreak: 3, fastestMs: 900 },
  ...change,
});

describe('[U93] statistics', () => {
  const kept = new Map<string, string>();
  beforeEach(() => {
    kept.clear();
    const getItem = (key: string) => kept.get(key) ?? null;
    vi.stubGlobal('localStorage', { getItem, setItem: (key: string, value: string) => kept.set(key, value) });
  });
  afterEach(() => void vi.unstubAllGlobals());

  it('count a match once, however often its end is seen', () => {
    for (const world of ['a', 'b', 'a']) notePlayed(match(world));
    expect(playedMatches().map(({ world }) => world)).toEqual(['a', 'b']);
  });

  it('add up over matches; alone nobody wins', () => {
    const matches = [
      match('a'),
      match('b', { rank: 2, right: 1, fastestMs: 400, bestStreak: 5 }),
      match('c', { players: 1 }),
    ];
    expect(statisticsOf(matches)).toEqual({
      matches: 3,
      wins: 1,
      percent: 50,
      bestStreak: 5,
      fastestMs: 400,
    });
    expect(statisticsOf([])).toEqual({
      matches: 0,
      wins: 0,
      percent: 0,
      bestStreak: 0,
      fastestMs: undefined,
    });
  });

  it.each(['{', '7', '[1, null, {"world": 5}]', JSON.stringify([match('a', { right: -1 })])])(
    'leave out what is damaged: %s',
    (text) => {
      kept.set('fairground.played', text);
      expect(playedMatches()).toEqual([]);
    },
  );
});
