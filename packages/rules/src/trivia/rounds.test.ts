import { describe, expect, it } from 'vitest';
import {
  answer,
  bankOf,
  joinBody,
  type Player,
  playerOf,
  playOut,
  rightSaid,
  seat,
  createEvening,
  send,
  stake,
  startEvening,
  stateOf,
  type TestKind,
  type TriviaTable,
  vouch,
  deliver,
  sealedAnswer,
  wait,
  withhold,
} from '../testing/index.ts';
import { trivia, type TriviaView } from './index.ts';

const seed = 'rounds';
const plain = { streak: false, maxPoints: 1_000, minPoints: 1_000 };
const begin = (config: object, kinds: readonly TestKind[], names = ['host', 'bob', 'cid'] as const) =>
  startEvening({ seed, supply: bankOf(...kinds), config: { ...plain, ...config } }, ...names);
const allRight = (table: TriviaTable, players: readonly Player[]) => {
  for (const player of players) answer(table, player, rightSaid(table));
};
const pointsOf = (table: TriviaTable) => stateOf(table).seats.map(({ points }) => points);
const viewOf = (table: TriviaTable, player?: Player) =>
  trivia.view(stateOf(table), player ? { key: player.key } : {}) as TriviaView;

it('[T61] practice comes first and is worth nothing', () => {
  const { table, players } = begin({ questions: 1, practice: true }, ['choice', 'choice']);
  expect(viewOf(table).round).toMatchObject({ round: 'practice', count: 2, maxPoints: 0 });
  allRight(table, players);
  expect(
    stateOf(table).seats.map(({ points, asked, right, streak }) => [points, asked, right, streak]),
  ).toEqual(Array.from({ length: 3 }, () => [0, 0, 0, 0]));
  send(table, players[0], 'next');
  expect(viewOf(table).round).toMatchObject({ round: 'plain' });
  allRight(table, players);
  expect(pointsOf(table)).toEqual([1_000, 1_000, 1_000]);
});

it('[T62] lightning comes last, has half the time and is worth double', () => {
  const { table, players } = begin({ questions: 2, lightning: 1 }, ['choice', 'choice']);
  wait(table, 19_999);
  expect(stateOf(table).phase).toBe('open');
  allRight(table, players);
  send(table, players[0], 'next');
  expect(viewOf(table).round).toMatchObject({ round: 'lightning', windowMs: 10_000, maxPoints: 2_000 });
  answer(table, players[0], rightSaid(table));
  wait(table, 10_000);
  expect(stateOf(table).phase).toBe('closing');
  wait(table, 1_000);
  expect(pointsOf(table)).toEqual([3_000, 1_000, 1_000]);
});

describe('[T63] a stake', () => {
  /** A question that everybody has right, then the stakes. */
  const staking = () => {
    const begun = begin({ questions: 2, wager: true }, ['choice', 'poll']);
    return begun;
  };

  it('is put on the last question that can be won, whatever order they come in', () => {
    const { table, players } = staking();
    expect(stateOf(table).questions[0]?.ask?.kind).toBe('poll');
    for (const player of players) answer(table, player, 0);
    send(table, players[0], 'next');
    expect(stateOf(table).phase).toBe('wager');
  });

  const played = () => {
    const begun = begin({ questions: 2, wager: true }, ['choice', 'choice']);
    const { table, players } = begun;
    answer(table, players[0], rightSaid(table));
    answer(table, players[1], rightSaid(table));
    answer(table, players[2], 9);
    send(table, players[0], 'next');
    return begun;
  };

  it('is won by a hit and lost by all else, never below nothing', () => {
    const { table, players } = played();
    const [host, bob, cid] = players;
    expect(viewOf(table, host).round?.wager).toMatchObject({ most: 1_000, staked: false });
    expect(viewOf(table, cid).round?.wager).toMatchObject({ most: 500 });
    expect(answer(table, host, 0)).toBe('not_asked_yet');
    expect(stake(table, host, 800)).toBeUndefined();
    expect(stake(table, host, 900)).toBe('already_wagered');
    expect(viewOf(table, host).standings.map(({ answered }) => answered)).toEqual([true, false, false]);
    stake(table, bob, 1_000);
    expect(stateOf(table).phase).toBe('wager');
    stake(table, cid, 500);
    expect(stateOf(table).phase).toBe('open');
    answer(table, host, rightSaid(table));
    answer(table, bob, 9);
    answer(table, cid, 9);
    expect(pointsOf(table)).toEqual([1_800, 0, 0]);
    expect(viewOf(table, bob).round?.result?.mine).toMatchObject({
      stake: 1_000,
      points: -1_000,
      right: false,
    });
    expect(viewOf(table, bob).standings.find(({ name }) => name === 'bob')).toMatchObject({
      lastPoints: -1_000,
    });
    playOut(table);
  });

  it('above what one may stake, or none at all, is nothing; a hit is still a hit', () => {
    const { table, players } = played();
    stake(table, players[0], 1_001);
    stake(table, players[1], -5);
    wait(table, 20_000);
    expect(stateOf(table).phase).toBe('open');
    expect(stake(table, players[2], 1)).toBe('not_now');
    allRight(table, players);
    expect(pointsOf(table)).toEqual([1_000, 1_000, 0]);
    expect(stateOf(table).seats.map(({ right }) => right)).toEqual([2, 2, 1]);
  });

  it('is not waited for from who has left, nor shown to anybody before the reveal', () => {
    const { table, players } = played();
    stake(table, players[0], 700);
    expect(JSON.stringify(viewOf(table, players[1]))).not.toContain('700');
    stake(table, players[1], 1);
    send(table, players[2], 'leave');
    expect(stateOf(table).phase).toBe('open');
    answer(table, players[1], 0);
    expect(JSON.stringify(viewOf(table, players[1]))).not.toContain('700');
  });

  it('waits while the match stands still, and falls with a skip', () => {
    const { table, players } = played();
    send(table, players[0], 'pause');
    expect(stake(table, players[1], 5)).toBe('paused');
    wait(table, 100_000);
    expect(stateOf(table).phase).toBe('wager');
    send(table, players[0], 'resume');
    wait(table, 3_000);
    expect(stake(table, players[1], 5)).toBeUndefined();
    expect(send(table, players[0], 'skip')).toBeUndefined();
    expect(stateOf(table)).toMatchObject({ phase: 'over', reason: 'finished' });
    expect(pointsOf(table)).toEqual([1_000, 1_000, 0]);
  });

  it('for which the authority has no key in time is a void question', () => {
    const { table, players } = begin({ questions: 2, wager: true }, ['choice', 'choice']);
    allRight(table, players);
    withhold(table, ({ act, lot }) => act === 'unseal' && lot === undefined);
    wait(table, 6_000);
    expect(stateOf(table).phase).toBe('wager');
    wait(table, 30_000);
    expect(stateOf(table).questions[1]?.outcome).toBe('void');
    expect(stateOf(table).phase).toBe('over');
  });
});

describe('[T64] who comes late', () => {
  const late = (config = {}) => {
    const begun = begin({ questions: 3, ...config }, ['choice', 'choice', 'choice']);
    const { table, players } = begun;
    answer(table, players[0], rightSaid(table));
    answer(table, players[1], rightSaid(table));
    answer(table, players[2], 9);
    send(table, players[0], 'next');
    allRight(table, players);
    const dan = playerOf(table, 'dan');
    send(table, dan, 'join', joinBody(dan, 'dan'));
    return { ...begun, dan };
  };

  it('begins with nothing', () => expect(pointsOf(late().table)).toEqual([2_000, 2_000, 1_000, 0]));

  it('begins with the least that anybody has, where it is set so, and keeps it', () => {
    const { table, players, dan } = late({ lateStart: 'lowest' });
    expect(pointsOf(table)).toEqual([2_000, 2_000, 1_000, 1_000]);
    send(table, players[0], 'next');
    allRight(table, [...players, dan]);
    expect(pointsOf(table)).toEqual([3_000, 3_000, 2_000, 2_000]);
    expect(stateOf(table).seats[3]).toMatchObject({ asked: 1, right: 1 });
  });
});

describe('[T65] teams', () => {
  it('are chosen in the lobby; who chose none, or one that is gone, is put into the smallest', () => {
    const table = createEvening({ seed, config: { questions: 1, teams: 3 } });
    const players = seat(table, 'host', 'bob', 'cid', 'dan') as [Player, Player, Player, Player];
    expect(send(table, players[0], 'team', { team: 2 })).toBeUndefined();
    expect(send(table, players[1], 'team', { team: 0 })).toBeUndefined();
    expect(send(table, players[2], 'team', { team: 3 })).toBe('no_team');
    send(table, players[0], 'configure', { teams: 2 });
    send(table, players[0], 'start');
    expect(stateOf(table).seats.map(({ team }) => team)).toEqual([1, 0, 0, 1]);
    expect(send(table, players[0], 'team', { team: 0 })).toBe('not_in_lobby');
    const eva = playerOf(table, 'eva');
    send(table, players[1], 'leave');
    send(table, eva, 'join', joinBody(eva, 'eva'));
    expect(stateOf(table).seats[4]?.team).toBe(0);
  });

  it('are dealt by the dice, as large as can be alike, and others by other dice', () => {
    const deal = (own: string) => {
      const names = ['host', 'bob', 'cid', 'dan', 'eva', 'fay', 'gus'] as const;
      const options = { seed: own, config: { questions: 1, teams: 3, teamsBy: 'dice' } };
      return stateOf(startEvening(options, ...names).table).seats.map(({ team }) => team);
    };
    const all = ['a', 'b', 'c', 'd'].map(deal);
    for (const teams of all)
      expect([0, 1, 2].map((team) => teams.filter((one) => one === team).length)).toEqual([3, 2, 2]);
    expect(new Set(all.map(String)).size).toBeGreaterThan(1);
    const lobby = createEvening({ seed, config: { teams: 2, teamsBy: 'dice' } });
    const [host] = seat(lobby, 'host');
    expect(host && send(lobby, host, 'team', { team: 0 })).toBe('no_team');
  });
});

describe('[T66] a team’s points', () => {
  const teams = { questions: 2, teams: 2, teamsBy: 'choice' };
  const begun = () => {
    const table = createEvening({ seed, supply: bankOf('choice', 'choice'), config: { ...plain, ...teams } });
    const players = seat(table, 'host', 'bob', 'cid') as [Player, Player, Player];
    [0, 1, 1].forEach((team, i) => send(table, players[i as 0], 'team', { team }));
    send(table, players[0], 'start');
    return { table, players };
  };

  it('are means, so that two who are half right are one who is', () => {
    const { table, players } = begun();
    answer(table, players[0], rightSaid(table));
    answer(table, players[1], rightSaid(table));
    answer(table, players[2], 9);
    expect(viewOf(table).teams).toEqual([
      { team: 0, points: 1_000, rank: 1, seats: 1 },
      { team: 1, points: 500, rank: 2, seats: 2 },
    ]);
  });

  it('are not lessened by who comes late or has left', () => {
    const { table, players } = begun();
    for (const player of players) answer(table, player, rightSaid(table));
    send(table, players[2], 'leave');
    const dan = playerOf(table, 'dan');
    send(table, dan, 'join', joinBody(dan, 'dan'));
    send(table, players[0], 'next');
    for (const player of [players[0], players[1]]) answer(table, player, rightSaid(table));
    wait(table, 1);
    answer(table, dan, rightSaid(table));
    expect(viewOf(table).teams?.map(({ points }) => points)).toEqual([2_000, 2_000]);
  });

  it('follow an answer that is opened late', () => {
    const { table, players } = begun();
    const signed = players[2].next('answer', sealedAnswer(table, players[2], rightSaid(table), 0));
    vouch(table, [players[0], players[1]], 0, signed);
    wait(table, 22_000);
    expect(viewOf(table).teams?.map(({ points }) => points)).toEqual([0, 0]);
    deliver(table, players[2], signed);
    expect(viewOf(table).teams).toMatchObject([
      { team: 1, points: 500 },
      { team: 0, points: 0 },
    ]);
  });
});
