import { bytesToHex, keyToDid, publicKeyFromSeed } from '@fairground/ledger';
import type { Person } from '@fairground/peer';
import { describe, expect, it } from 'vitest';
import { running } from '../../../routes/gallery/examples.ts';
import { isFirstThere, isHostAway } from './claiming.svelte.ts';
import { formatEstimate, parseEstimate } from './estimate.ts';
import { moved } from './sheets/moved.ts';
import { verdictOf } from './verdict.ts';

describe('[U120] a number', () => {
  it.each([
    ['12', 0, 12],
    ['8,849', 0, 8_849],
    ['8.849', 0, 8_849],
    ['1.234.567', 0, 1_234_567],
    ['12,5', 1, 125],
    ['12.5', 1, 125],
    ['12.59', 1, 125],
    ['1,234.5', 1, 12_345],
    ['1.234,5', 1, 12_345],
    ['3', 2, 300],
    ['−7', 0, -7],
    ['-0', 0, 0],
    ['12,5', 0, 12],
    ['1 000', 0, 1_000],
    ['', 0, undefined],
    ['ten', 0, undefined],
    ['9999999999999999', 0, undefined],
  ])('typed as %j with %i decimals is %j', (text, decimals, value) =>
    expect(parseEstimate(text, { decimals })).toBe(value),
  );

  it('is written with its unit', () =>
    expect(formatEstimate(88_488, { decimals: 1, unit: 'm' })).toBe('8,848.8 m'));
});

it('[U120] what is moved keeps the order of the rest', () => {
  expect(moved(['a', 'b', 'c', 'd'], 3, 1)).toEqual(['a', 'd', 'b', 'c']);
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
});

describe('[U122] a host who is gone', () => {
  const keys = [1, 2, 3].map((byte) => publicKeyFromSeed(new Uint8Array(32).fill(byte)));
  const ids = keys.map(bytesToHex);
  const there = (...who: readonly number[]): readonly Person[] =>
    who.map((at) => ({ key: keyToDid(keys[at]!) as never, client: at, me: false }));
  const base = running(9_000);
  const view = (me: number, change = {}) => ({
    ...base,
    host: ids[0]!,
    me: ids[me]!,
    standings: ids.map((id, i) => ({ ...base.standings[i]!, id, present: true })),
    config: { ...base.config, claimMs: 20_000, ...change },
  });

  it.each([
    ['is missed by who is there', view(1), there(1, 2), true],
    ['is not gone while there', view(1), there(0, 1), false],
    ['is not missed where nobody may be host instead', view(1, { claimMs: 0 }), there(1), false],
    ['is not missed by itself', view(0), there(1), false],
    ['is not missed by a device that is itself out of the room', view(1), there(2), false],
  ])('%s', (_, shown, people, away) => expect(isHostAway(shown, people)).toBe(away));

  it('is asked for by one of those who are there', () => {
    const asking = [1, 2].filter((me) => isFirstThere(view(me), there(1, 2)));
    expect(asking).toHaveLength(1);
  });
});

describe('[U123] the verdict', () => {
  const result = {
    ...running(0).round!,
    correct: [],
    histogram: [2, 1],
    votes: { up: 0, down: 0, flag: 0 },
  } as never;
  const { standings } = running(0);
  const mine = {
    choice: null,
    right: false,
    points: 0,
    base: 0,
    streakBonus: 0,
    elapsedMs: 5,
    reason: 'wrong' as const,
  };
  const say = (change: object, kind: string) =>
    verdictOf(standings[0], { ...mine, ...change } as never, { result, standings, kind });

  it.each([
    ['of a poll is no verdict', {}, 'poll', { kind: 'none', words: '3 votes' }],
    [
      'of half an answer says how much',
      { said: [0], share: 666, points: 600 },
      'multi',
      { title: '+600', words: '67 % of it was right' },
    ],
    [
      'of the nearest says so',
      { said: 5, share: 1000, right: true, points: 1000 },
      'number',
      { kind: 'hit', words: 'Nearest of all' },
    ],
    [
      'of a lost stake is below nothing',
      { choice: 1, stake: 500, points: -500 },
      'choice',
      { kind: 'miss', title: '-500' },
    ],
    [
      'of words that were wrong is a miss, not none',
      { said: 'x', share: 0 },
      'text',
      { kind: 'miss', title: 'Not this one' },
    ],
  ])('%s', (_, change, kind, expected) => expect(say(change, kind)).toMatchObject(expected));
});
