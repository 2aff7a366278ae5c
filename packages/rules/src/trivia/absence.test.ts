import { describe, expect, it } from 'vitest';
import { answer, rightChoice, send, startEvening, stateOf, wait, worldOf } from '../testing/index.ts';
import { trivia, type TriviaView } from './index.ts';

const seed = 'absent';
const started = (config = {}) =>
  startEvening({ seed, config: { questions: 3, ...config } }, 'host', 'bob', 'cid');
type Begun = ReturnType<typeof started>;
const viewOf = ({ table, players }: Begun) =>
  trivia.view(stateOf(table), { key: players[0].key }) as TriviaView;

describe('[T50] asking for the host', () => {
  const config = { claimMs: 20_000 };

  it('makes who asked host, if nothing is heard in time', () => {
    const { table, players } = started(config);
    table.away.add('host');
    expect(send(table, players[0], 'claim')).toBe('own_seat');
    expect(send(table, players[1], 'claim')).toBeUndefined();
    expect(send(table, players[2], 'claim')).toBe('claimed_lately');
    wait(table, 19_999);
    expect(stateOf(table).host).toEqual(players[0].key);
    wait(table, 1);
    expect(stateOf(table).host).toEqual(players[1].key);
    expect(send(table, players[0], 'pause')).toBe('not_host');
    expect(send(table, players[1], 'pause')).toBeUndefined();
  });

  it('is answered by the host’s device, unasked, and by whatever the host says', () => {
    const { table, players } = started(config);
    send(table, players[1], 'claim');
    wait(table, 30_000);
    expect(stateOf(table).host).toEqual(players[0].key);
    wait(table, 30_000);
    table.away.add('host');
    send(table, players[1], 'claim');
    answer(table, players[0], 0);
    wait(table, 30_000);
    expect(stateOf(table).host).toEqual(players[0].key);
  });

  it('is nothing in a match that is not set so, and falls with who asked', () => {
    const still = started();
    expect(send(still.table, still.players[1], 'claim')).toBe('not_now');
    const { table, players } = started(config);
    table.away.add('host');
    send(table, players[1], 'claim');
    send(table, players[1], 'leave');
    wait(table, 25_000);
    expect(stateOf(table).host).toEqual(players[0].key);
  });
});

describe('[T51] a seat that is not heard', () => {
  const config = { waitMs: 10_000, graceMs: 1_000, revealMs: 2_000 };
  const closing = (more = {}) => {
    const begun = started({ ...config, ...more });
    const { table, players } = begun;
    answer(table, players[0], rightChoice(table, seed));
    table.away.add('cid');
    wait(table, 20_000);
    return begun;
  };

  it('is waited for, and its answer counts', () => {
    const begun = closing();
    const { table, players } = begun;
    expect(viewOf(begun).round).toMatchObject({ missing: 1 });
    wait(table, 10_000);
    expect(stateOf(table).phase).toBe('closing');
    expect(answer(table, players[2], rightChoice(table, seed))).toBeUndefined();
    expect(stateOf(table).phase).toBe('revealed');
    expect(stateOf(table).seats[2]?.points).toBeGreaterThan(0);
  });

  it('is waited for no longer than that, and no second time', () => {
    const { table } = closing();
    wait(table, 10_999);
    expect(stateOf(table).phase).toBe('closing');
    wait(table, 1);
    expect(stateOf(table).phase).toBe('revealed');
    wait(table, 2_000 + 20_000 + 1_000);
    expect(stateOf(table)).toMatchObject({ current: 1, phase: 'revealed' });
  });

  it('is not waited for when its device says that it is here', () => {
    const { table } = closing();
    table.away.delete('cid');
    wait(table, 1_000);
    expect(stateOf(table).phase).toBe('revealed');
    expect([...(stateOf(table).questions[0]?.here ?? [])]).toEqual([1, 2]);
  });

  it('is left behind when the host goes on, and when it leaves', () => {
    const one = closing();
    expect(send(one.table, one.players[1], 'next')).toBe('not_host');
    expect(send(one.table, one.players[0], 'next')).toBeUndefined();
    wait(one.table, 1_000);
    expect(stateOf(one.table).phase).toBe('revealed');
    const two = closing();
    send(two.table, two.players[2], 'leave');
    wait(two.table, 1_000);
    expect(stateOf(two.table).phase).toBe('revealed');
  });

  it('is not waited for where the host has set no such wait', () => {
    const { table } = closing({ waitMs: 0 });
    wait(table, 1_000);
    expect(stateOf(table).phase).toBe('revealed');
    expect(worldOf(table).closed).toBeUndefined();
  });
});
