import { describe, expect, it } from 'vitest';
import {
  answer,
  createEvening,
  joinBody,
  playerOf,
  playOut,
  seat,
  send,
  settle,
  stateOf,
  wait,
  worldOf,
} from '../testing/index.ts';
import type { TriviaTable } from '../testing/index.ts';
import { LOBBY_MS } from './state.ts';
import { trivia } from './index.ts';

const evening = (config = {}, seed = 'lobby') => createEvening({ seed, config });
const join = (table: TriviaTable, name: string, as = name) => {
  const player = playerOf(table, name);
  return send(table, player, 'join', joinBody(player, as));
};
const namesOf = (table: TriviaTable) =>
  trivia.view(stateOf(table), {}) as { standings: { name: string; present: boolean }[] };

describe('the lobby', () => {
  it('[T1] a key joins once, and again after it has left', () => {
    const table = evening();
    expect(join(table, 'ann')).toBeUndefined();
    expect(join(table, 'ann')).toBe('already_joined');
    expect(send(table, playerOf(table, 'ann'), 'leave')).toBeUndefined();
    expect(send(table, playerOf(table, 'ann'), 'leave')).toBe('not_seated');
    expect(join(table, 'ann')).toBeUndefined();
    expect(stateOf(table).seats).toHaveLength(1);
  });

  it('[T2] seats that are taken are counted, not seats that were left', () => {
    const table = evening({ seats: 2 });
    seat(table, 'ann', 'bob');
    expect(join(table, 'cid')).toBe('full');
    send(table, playerOf(table, 'bob'), 'leave');
    expect(join(table, 'cid')).toBeUndefined();
    expect(join(table, 'bob')).toBe('full');
  });

  it.each([
    ['ANN', 'name_taken'],
    ['ａｎｎ', 'name_taken'],
    ['', 'name_invalid'],
    ['a\u200bnn', 'name_invalid'],
    ['Anne', undefined],
  ])('[T3] beside ann, %s', (name, code) => {
    const table = evening();
    seat(table, 'ann');
    expect(join(table, 'other', name)).toBe(code);
  });

  it('[T3] who left before the first question gives the name free, who played keeps it', () => {
    const table = evening();
    const [host, ann] = seat(table, 'host', 'ann');
    if (!host || !ann) throw new Error('no seats');
    send(table, ann, 'leave');
    expect(join(table, 'bob', 'ann')).toBeUndefined();
    expect(join(table, 'ann')).toBe('name_taken');
    expect(join(table, 'ann', 'ann two')).toBeUndefined();
    send(table, host, 'start');
    send(table, ann, 'leave');
    expect(join(table, 'cid', 'Ann two')).toBe('name_taken');
    expect(join(table, 'ann', 'Ann two')).toBeUndefined();
  });

  it('[T4] the host is the founder, then whoever joined first, then the founder again', () => {
    const table = evening();
    const [ann, host, bob] = seat(table, 'ann', 'host', 'bob');
    if (!ann || !host || !bob) throw new Error('no seats');
    const hostName = () =>
      stateOf(table).seats.find(({ id }) => id === Buffer.from(stateOf(table).host).toString('hex'))?.name;
    expect(hostName()).toBe('host');
    send(table, host, 'leave');
    expect(hostName()).toBe('ann');
    expect(send(table, host, 'start')).toBe('not_host');
    send(table, ann, 'leave');
    expect(hostName()).toBe('bob');
    join(table, 'host');
    expect(hostName()).toBe('host');
  });

  it('[T4] a founder without a seat is the host too', () => {
    const table = evening();
    seat(table, 'ann');
    expect(send(table, playerOf(table, 'host'), 'configure', { questions: 3 })).toBeUndefined();
    expect(send(table, playerOf(table, 'host'), 'start')).toBeUndefined();
    expect(stateOf(table)).toMatchObject({ phase: 'open', config: { questions: 3 } });
  });

  it.each([
    [{ questions: 3, windowMs: 5_000 }, undefined],
    [{ topics: ['science', 'music'] }, undefined],
    [{ minPoints: 1_001 }, 'settings_invalid'],
    [{ topics: ['music', 'music'] }, 'settings_invalid'],
    [{ seats: 1 }, 'seats_taken'],
    [{ questions: 0 }, 'intent_body'],
    [{ windowMs: 4_999 }, 'intent_body'],
    [{ unknown: 1 }, 'intent_body'],
    [{ topics: [] }, 'intent_body'],
    [{ title: 'x'.repeat(61) }, 'intent_body'],
  ])('[T5] the host sets %o', (change, code) => {
    const table = evening();
    const [host] = seat(table, 'host', 'bob');
    if (!host) throw new Error('no host');
    const before = stateOf(table).config;
    expect(send(table, host, 'configure', change)).toBe(code);
    expect(stateOf(table).config).toEqual(code === undefined ? { ...before, ...change } : before);
  });

  it('[T5] nobody else sets anything, and nobody after the start', () => {
    const table = evening();
    const [host, bob] = seat(table, 'host', 'bob');
    if (!host || !bob) throw new Error('no seats');
    expect(send(table, bob, 'configure', { questions: 3 })).toBe('not_host');
    send(table, host, 'start');
    expect(send(table, host, 'configure', { questions: 3 })).toBe('not_in_lobby');
  });

  it.each([
    [{ topics: ['a'], minPoints: 600, maxPoints: 500 }],
    [{ topics: ['a', 'a'] }],
    [{ topics: [] }],
    [{}],
    [{ topics: ['A b'] }],
    [{ topics: ['a'], title: '\ud800' }],
  ])('[T5] %o opens no world', (config) => {
    expect(trivia.config.safeParse(config).success).toBe(false);
  });

  it('[T6] a seat is ready or not, in the lobby', () => {
    const table = evening();
    const [host, bob] = seat(table, 'host', 'bob');
    if (!host || !bob) throw new Error('no seats');
    expect(send(table, bob, 'ready', { ready: true })).toBeUndefined();
    expect(stateOf(table).seats.map(({ ready }) => ready)).toEqual([false, true]);
    expect(send(table, playerOf(table, 'cid'), 'ready', { ready: true })).toBe('not_seated');
    send(table, host, 'start');
    expect(send(table, bob, 'ready', { ready: false })).toBe('not_in_lobby');
  });

  it('[T7] only the host starts, once, and not an empty match', () => {
    const table = evening();
    const host = playerOf(table, 'host');
    expect(send(table, host, 'start')).toBe('nobody_joined');
    const [bob] = seat(table, 'bob');
    if (!bob) throw new Error('no seat');
    expect(send(table, bob, 'start')).toBe('not_host');
    expect(send(table, host, 'start')).toBeUndefined();
    expect(send(table, host, 'start')).toBe('not_in_lobby');
  });

  it('[T8] an idle lobby is abandoned after a day', () => {
    const table = evening();
    wait(table, LOBBY_MS - 1);
    seat(table, 'ann');
    wait(table, LOBBY_MS - 1);
    expect(worldOf(table).closed).toBeUndefined();
    wait(table, 1);
    expect(worldOf(table).closed).toMatchObject({ reason: 'abandoned' });
  });

  it('[T8] a lobby that all have left is abandoned sooner', () => {
    const table = evening({ afterMs: 60_000 });
    const [ann] = seat(table, 'ann');
    if (!ann) throw new Error('no seat');
    send(table, ann, 'leave');
    wait(table, 60_000);
    expect(worldOf(table).closed).toMatchObject({ reason: 'abandoned' });
  });

  it('[T3] who left the lobby is not listed', () => {
    const table = evening();
    const [, bob] = seat(table, 'ann', 'bob');
    if (!bob) throw new Error('no seat');
    send(table, bob, 'leave');
    expect(namesOf(table).standings.map(({ name }) => name)).toEqual(['ann']);
  });

  it('[T36] a running match that everybody has left is over', () => {
    const table = evening();
    const [host, bob] = seat(table, 'host', 'bob');
    if (!host || !bob) throw new Error('no seats');
    send(table, host, 'start');
    answer(table, host, 0);
    send(table, host, 'leave');
    send(table, bob, 'leave');
    settle(table);
    expect(stateOf(table)).toMatchObject({ phase: 'over', reason: 'abandoned' });
    playOut(table);
    expect(join(table, 'cid')).toBe('world_closed');
  });
});
