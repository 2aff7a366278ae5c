import { describe, expect, it } from 'vitest';
import {
  answer,
  createEvening,
  joinBody,
  playerOf,
  playOut,
  rightChoice,
  seat,
  send,
  startEvening,
  stateOf,
  wait,
} from '../testing/index.ts';
import { trivia, type TriviaView } from './index.ts';

const seed = 'hosts';
const started = (config = {}) =>
  startEvening({ seed, config: { questions: 3, ...config } }, 'host', 'bob', 'cid');
type Begun = ReturnType<typeof started>;
const viewOf = ({ table, players }: Begun, who = 0) =>
  trivia.view(stateOf(table), { key: players[who as 0].key }) as TriviaView;

describe('[T43] a pause', () => {
  it('is the host’s alone, once, and only of a running match', () => {
    const { table, players } = started();
    expect(send(table, players[1], 'pause')).toBe('not_host');
    expect(send(table, players[0], 'resume')).toBe('not_paused');
    expect(send(table, players[0], 'pause', { why: 'Pizza' })).toBeUndefined();
    expect(send(table, players[0], 'pause')).toBe('paused');
    expect(send(table, players[1], 'resume')).toBe('not_host');
    const lobby = createEvening({ seed });
    const [host] = seat(lobby, 'host');
    expect(host && send(lobby, host, 'pause')).toBe('not_now');
  });

  it('says who paused, and why', () => {
    const begun = started();
    send(begun.table, begun.players[0], 'pause', { why: 'Pizza' });
    expect(viewOf(begun, 1)).toMatchObject({ rest: { why: 'Pizza', by: viewOf(begun).me } });
  });

  it('stops the clock: no window closes, nothing is opened, nothing comes next', () => {
    const { table, players } = started();
    wait(table, 5_000);
    send(table, players[0], 'pause');
    const size = table.loop.entries.length;
    wait(table, 600_000);
    expect(table.loop.entries.length).toBe(size);
    expect(stateOf(table).phase).toBe('open');
    for (const kind of ['next', 'skip']) expect(send(table, players[0], kind)).toBe('paused');
  });

  it('counts what was under way with the time of the pause, and nothing after the grace', () => {
    const { table, players } = started({ graceMs: 1_000 });
    wait(table, 4_000);
    send(table, players[0], 'pause');
    wait(table, 900);
    expect(answer(table, players[1], 0)).toBeUndefined();
    wait(table, 200);
    expect(answer(table, players[2], 0)).toBe('paused');
    expect(stateOf(table).seats[1]?.turns[0]?.elapsedMs).toBe(4_000);
  });

  it('does not close a question that all have answered meanwhile before it ends', () => {
    const { table, players } = started();
    answer(table, players[1], 0);
    answer(table, players[2], 0);
    send(table, players[0], 'pause');
    expect(answer(table, players[0], 0)).toBeUndefined();
    expect(stateOf(table).phase).toBe('open');
    send(table, players[0], 'resume');
    wait(table, 3_000);
    expect(stateOf(table).phase).toBe('revealed');
  });

  it('ends with a match that everybody leaves', () => {
    const { table, players } = started();
    send(table, players[0], 'pause');
    for (const player of players) send(table, player, 'leave');
    expect(stateOf(table)).toMatchObject({ phase: 'over', reason: 'abandoned' });
    expect(stateOf(table).rest).toBeUndefined();
    playOut(table);
  });
});

describe('[T44] going on', () => {
  it('takes three seconds, and gives back the time that was left', () => {
    const { table, players } = started();
    wait(table, 5_000);
    send(table, players[0], 'pause');
    wait(table, 40_000);
    send(table, players[0], 'resume');
    wait(table, 2_999);
    expect(answer(table, players[1], 0)).toBe('paused');
    wait(table, 1);
    expect(answer(table, players[1], 0)).toBeUndefined();
    expect(stateOf(table).seats[1]?.turns[0]?.elapsedMs).toBe(5_000);
    wait(table, 14_999);
    expect(stateOf(table).phase).toBe('open');
    wait(table, 1);
    expect(stateOf(table).phase).toBe('closing');
  });

  it('may be paused again while it counts down', () => {
    const { table, players } = started();
    send(table, players[0], 'pause');
    send(table, players[0], 'resume');
    wait(table, 1_000);
    expect(send(table, players[0], 'pause', { why: 'wait' })).toBeUndefined();
    wait(table, 60_000);
    expect(stateOf(table).rest).toMatchObject({ why: 'wait' });
  });

  it('happens by itself after half an hour', () => {
    const { table, players } = started();
    send(table, players[0], 'pause');
    wait(table, 1_800_000);
    expect(stateOf(table).rest).toBeUndefined();
    expect(stateOf(table).phase).toBe('open');
  });

  it('moves the dice, a reveal and the wait for the next question as well', () => {
    const { table, players } = started();
    for (const player of players) answer(table, player, 0);
    wait(table, 2_000);
    send(table, players[0], 'pause');
    wait(table, 100_000);
    send(table, players[0], 'resume');
    wait(table, 3_000 + 3_999);
    expect(stateOf(table).current).toBe(0);
    wait(table, 1);
    expect(stateOf(table).current).toBe(1);
  });
});

describe('[T45] a skip', () => {
  it('makes the question void: nobody gains, loses a streak, or was asked', () => {
    const { table, players } = started();
    for (const player of players) answer(table, player, rightChoice(table, seed));
    const streak = stateOf(table).seats[0]?.streak;
    send(table, players[0], 'next');
    answer(table, players[1], 0);
    expect(send(table, players[1], 'skip')).toBe('not_host');
    expect(send(table, players[0], 'skip')).toBeUndefined();
    expect(stateOf(table)).toMatchObject({ current: 2, phase: 'open' });
    expect(stateOf(table).questions[1]?.outcome).toBe('void');
    expect(stateOf(table).seats[0]).toMatchObject({ streak, asked: 1 });
    expect(answer(table, players[2], 0, { lot: 1 })).toBe('question_void');
  });

  it('of the last question ends the match; of a result it is none', () => {
    const { table, players } = started({ questions: 1 });
    send(table, players[0], 'skip');
    expect(stateOf(table)).toMatchObject({ phase: 'over', reason: 'finished' });
    expect(send(table, players[0], 'skip')).toBe('not_now');
  });
});

it('[T46] a host who goes on by hand is waited for, for ten minutes', () => {
  const { table, players } = started({ advance: 'host' });
  for (const player of players) answer(table, player, 0);
  wait(table, 599_999);
  expect(stateOf(table).current).toBe(0);
  wait(table, 1);
  expect(stateOf(table).current).toBe(1);
  for (const player of players) answer(table, player, 0);
  send(table, players[0], 'next');
  expect(stateOf(table).current).toBe(2);
});

describe('[T47] a locked room', () => {
  it('takes nobody new, and whoever had a seat', () => {
    const { table, players } = started();
    expect(send(table, players[1], 'lock', { locked: true })).toBe('not_host');
    send(table, players[0], 'lock', { locked: true });
    expect(trivia.card(stateOf(table))).toMatchObject({ players: 3, seats: 3 });
    const dan = playerOf(table, 'dan');
    expect(send(table, dan, 'join', joinBody(dan, 'dan'))).toBe('locked');
    send(table, players[2], 'leave');
    expect(send(table, players[2], 'join', joinBody(players[2], 'cid'))).toBeUndefined();
    send(table, players[0], 'lock', { locked: false });
    expect(send(table, dan, 'join', joinBody(dan, 'dan'))).toBeUndefined();
  });
});

describe('[T48] somebody who is sent out', () => {
  it('keeps the points, is not waited for, is told why, and comes back after the time', () => {
    const begun = started();
    const { table, players } = begun;
    const [host, bob, cid] = players;
    answer(table, bob, rightChoice(table, seed));
    answer(table, host, 0);
    const kick = { who: cid.key, forMs: 5_000, why: 'Shouting' };
    expect(send(table, bob, 'kick', { ...kick, who: host.key })).toBe('not_host');
    expect(send(table, host, 'kick', { ...kick, who: host.key })).toBe('own_seat');
    expect(send(table, host, 'kick', { ...kick, who: new Uint8Array(32) })).toBe('no_such_seat');
    expect(send(table, host, 'kick', kick)).toBeUndefined();
    expect(stateOf(table).phase).toBe('revealed');
    expect(viewOf(begun, 2)).toMatchObject({ out: { why: 'Shouting' } });
    expect(send(table, cid, 'answer', {})).not.toBeUndefined();
    expect(send(table, cid, 'join', joinBody(cid, 'cid'))).toBe('kicked');
    wait(table, 5_000);
    expect(send(table, cid, 'join', joinBody(cid, 'cid'))).toBeUndefined();
    expect(stateOf(table).seats[2]).toMatchObject({ present: true, number: 2 });
    expect(stateOf(table).seats[2]?.out).toBeUndefined();
  });
});

describe('[T49] a host made by the host', () => {
  it('is it while seated; then it is as without', () => {
    const { table, players } = started();
    const [host, bob, cid] = players;
    expect(send(table, bob, 'handover', { to: bob.key })).toBe('not_host');
    expect(send(table, host, 'handover', { to: host.key })).toBe('own_seat');
    expect(send(table, host, 'handover', { to: new Uint8Array(32) })).toBe('no_such_seat');
    expect(send(table, host, 'handover', { to: cid.key })).toBeUndefined();
    expect(send(table, host, 'skip')).toBe('not_host');
    send(table, host, 'leave');
    send(table, host, 'join', joinBody(host, 'host'));
    expect(send(table, cid, 'skip')).toBeUndefined();
    send(table, cid, 'leave');
    expect(send(table, host, 'skip')).toBeUndefined();
  });
});
