import type { Bytes } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import {
  answer,
  createEvening,
  deliver,
  joinBody,
  type Player,
  playerOf,
  rightChoice,
  seat,
  sealedAnswer,
  send,
  stateOf,
  type TriviaTable,
  vouch,
  wait,
  withhold,
  wrongChoice,
} from '../testing/index.ts';
import { MAX_SIGHTINGS } from './answer.ts';
import { trivia } from './index.ts';
import type { Turn } from './state.ts';

const seed = 'answers';

function started(names: readonly string[], config = {}) {
  const table = createEvening({ seed, config: { questions: 3, ...config } });
  const players = seat(table, ...names) as [Player, Player, Player, Player];
  send(table, playerOf(table, 'host'), 'start');
  return { table, players };
}
const turnOf = (table: TriviaTable, player: Player, lot = 0): Turn | null | undefined =>
  stateOf(table).seats.find(({ name }) => name === player.name)?.turns[lot];

describe('answers', () => {
  it('[T13] the question comes with its key, and its window begins', () => {
    const { table } = started(['host', 'bob']);
    const [question] = stateOf(table).questions;
    expect(question).toMatchObject({ openedAt: table.loop.now, closesAt: table.loop.now + 20_000 });
    expect(question?.pk).toHaveLength(32);
    expect(question?.sk).toBeUndefined();
  });

  it('[T14] who joins later is asked from the next question on', () => {
    const { table, players } = started(['host', 'bob']);
    const [cid] = seat(table, 'cid');
    if (!cid) throw new Error('no seat');
    expect(answer(table, cid, 0)).toBe('not_asked');
    wait(table, 27_000);
    expect(stateOf(table).current).toBe(1);
    expect(answer(table, cid, rightChoice(table, seed))).toBeUndefined();
    for (const player of players) answer(table, player, wrongChoice(table, seed));
    expect(stateOf(table).seats.map(({ asked, right }) => [asked, right])).toEqual([
      [2, 0],
      [2, 0],
      [1, 1],
    ]);
  });

  it('[T15] who leaves is not waited for, keeps its answer, and comes back to its seat', () => {
    const { table, players } = started(['host', 'bob', 'cid']);
    const [host, bob, cid] = players;
    answer(table, bob, rightChoice(table, seed));
    send(table, bob, 'leave');
    answer(table, host, rightChoice(table, seed));
    expect(stateOf(table).phase).toBe('open');
    send(table, cid, 'leave');
    expect(stateOf(table)).toMatchObject({ phase: 'revealed', presentCount: 1 });
    expect(send(table, bob, 'join', joinBody(bob, 'bob'))).toBeUndefined();
    expect(stateOf(table).seats[1]).toMatchObject({ name: 'bob', present: true, right: 1, points: 1_000 });
    expect(stateOf(table).seats).toHaveLength(3);
  });

  it('[T15] who comes back within the window may still answer, and is waited for again', () => {
    const { table, players } = started(['host', 'bob']);
    const [host, bob] = players;
    send(table, bob, 'leave');
    send(table, bob, 'join', joinBody(bob, 'bob'));
    answer(table, host, 0);
    expect(stateOf(table).phase).toBe('open');
    expect(answer(table, bob, 0)).toBeUndefined();
    expect(stateOf(table).phase).toBe('revealed');
  });

  it('[T16] there is one answer a question, and none before it is out', () => {
    const { table, players } = started(['host', 'bob']);
    const [host] = players;
    expect(answer(table, host, 0)).toBeUndefined();
    expect(answer(table, host, 1)).toBe('already_answered');
    expect(answer(table, host, 0, { lot: 1 })).toBe('not_asked_yet');
    expect(answer(table, host, 0, { lot: 99 })).toBe('not_asked_yet');
    expect(answer(table, playerOf(table, 'stranger'), 0)).toBe('not_seated');
  });

  it('[T16] the sealed answer has one length, whatever it says', () => {
    const { table, players } = started(['host', 'bob', 'cid']);
    const sizes = [0, 1, 5].map((choice) => {
      const body = sealedAnswer(table, players[0], choice, 0);
      if (typeof body !== 'function') throw new Error('sealed to a header');
      return (body(new Uint8Array(1))['seal'] as { ct: Uint8Array }).ct.length;
    });
    expect(new Set(sizes).size).toBe(1);
  });

  it('[T17] it closes at once when everybody has answered, else with the window', () => {
    const early = started(['host', 'bob']);
    wait(early.table, 3_000);
    for (const player of early.players) answer(early.table, player, 0);
    expect(stateOf(early.table)).toMatchObject({ phase: 'revealed' });
    expect(stateOf(early.table).questions[0]).toMatchObject({
      closesAt: early.table.loop.now,
      revealFrom: early.table.loop.now,
    });
    const late = started(['host', 'bob']);
    answer(late.table, late.players[0], 0);
    wait(late.table, 19_999);
    expect(stateOf(late.table).phase).toBe('open');
    wait(late.table, 1);
    expect(stateOf(late.table).phase).toBe('closing');
    wait(late.table, 999);
    expect(stateOf(late.table).phase).toBe('closing');
    wait(late.table, 1);
    expect(stateOf(late.table).phase).toBe('revealed');
  });

  it('[T18] in the grace an answer counts with the full time, and ends the grace if it was the last', () => {
    const { table, players } = started(['host', 'bob']);
    const [host, bob] = players;
    answer(table, host, rightChoice(table, seed));
    wait(table, 20_400);
    expect(answer(table, bob, rightChoice(table, seed))).toBeUndefined();
    expect(stateOf(table).phase).toBe('revealed');
    expect(stateOf(table).seats[1]).toMatchObject({ points: 500, right: 1 });
  });

  it('[T18] until the lot is opened an answer counts, however late the authority is', () => {
    const { table, players } = started(['host', 'bob']);
    const right = rightChoice(table, seed);
    withhold(table, ({ lot }) => lot === 0);
    answer(table, players[0], right);
    wait(table, 25_000);
    expect(answer(table, players[1], right)).toBeUndefined();
    withhold(table, () => false);
    wait(table, 0);
    expect(stateOf(table).seats.map(({ points }) => points)).toEqual([1_000, 500]);
  });

  it('[T19] after the opening an answer is too late', () => {
    const { table, players } = started(['host', 'bob']);
    answer(table, players[0], 0);
    wait(table, 21_000);
    expect(stateOf(table).phase).toBe('revealed');
    expect(answer(table, players[1], 0)).toBe('too_late');
    expect(turnOf(table, players[1])).toMatchObject({ entry: -1 });
  });

  it('[T19] a majority that saw it in time makes it count, with the time of the vote that made the majority', () => {
    const { table, players } = started(['host', 'bob', 'cid', 'dan']);
    const [host, bob, cid, dan] = players;
    const signed = dan.next('answer', sealedAnswer(table, dan, rightChoice(table, seed), 0));
    wait(table, 2_000);
    vouch(table, [host, dan], 0, signed);
    wait(table, 2_000);
    vouch(table, [bob, host], 0, signed);
    wait(table, 18_000);
    expect(stateOf(table).phase).toBe('revealed');
    expect(stateOf(table).seats[3]).toMatchObject({ points: 0, asked: 1, right: 0 });
    expect(deliver(table, dan, signed)).toBeUndefined();
    expect(turnOf(table, dan)).toMatchObject({ elapsedMs: 4_000 });
    expect(stateOf(table).seats[3]).toMatchObject({ points: 900, asked: 1, right: 1, streak: 1 });
    expect(stateOf(table).questions[0]).toMatchObject({
      answeredCount: 1,
      fastest: [{ seat: 3, elapsedMs: 4_000 }],
    });
    expect(cid.name).toBe('cid');
  });

  it.each([
    ['less than a majority', ['bob'], 0],
    ["the answerer's own word", ['bob', 'dan'], 0],
    ['sightings after the opening', ['host', 'bob', 'cid'], 22_000],
  ])('[T19] %s does not', (_what, names, after) => {
    const { table, players } = started(['host', 'bob', 'cid', 'dan']);
    const dan = players[3];
    const signed = dan.next('answer', sealedAnswer(table, dan, 0, 0));
    wait(table, after);
    vouch(
      table,
      players.filter(({ name }) => names.includes(name)),
      0,
      signed,
    );
    wait(table, 22_000 - after);
    expect(deliver(table, dan, signed)).toBe('too_late');
  });

  it('[T19] an answer that comes two questions later changes the streak that it belongs to', () => {
    const { table, players } = started(['host', 'bob', 'cid']);
    const [host, bob, cid] = players;
    const signed = cid.next('answer', sealedAnswer(table, cid, rightChoice(table, seed), 0));
    vouch(table, [host, bob], 0, signed);
    wait(table, 27_000);
    expect(stateOf(table).current).toBe(1);
    answer(table, host, 0);
    answer(table, bob, 0);
    const second = sealedAnswer(table, cid, rightChoice(table, seed), 1);
    expect(deliver(table, cid, signed)).toBeUndefined();
    send(table, cid, 'answer', second);
    expect(stateOf(table).phase).toBe('revealed');
    expect(stateOf(table).seats[2]).toMatchObject({
      points: 1_000 + 1_100,
      streak: 2,
      bestStreak: 2,
      right: 2,
    });
  });

  it('[T19] one seat alone has nobody to vouch for it', () => {
    const { table, players } = started(['host']);
    const [host] = players;
    const signed = host.next('answer', sealedAnswer(table, host, 0, 0));
    vouch(table, [host], 0, signed);
    wait(table, 21_000);
    expect(deliver(table, host, signed)).toBe('too_late');
  });

  it('[T20] the game says beforehand which sightings it has a use for', () => {
    const { table, players } = started(['host', 'bob', 'cid']);
    const [host, bob] = players;
    const of = (lot: number, witness: Bytes) => ({ witness, lot, intentHash: new Uint8Array(32), at: 0 });
    const wants = (lot: number, witness: Bytes) => trivia.wants?.(stateOf(table), of(lot, witness));
    expect(wants(0, host.key)).toBe(true);
    expect(wants(1, host.key)).toBe(false);
    expect(wants(0, new Uint8Array(32))).toBe(false);
    vouch(table, [host], 0, { hash: new Uint8Array(32) });
    expect(wants(0, host.key)).toBe(false);
    expect(wants(0, bob.key)).toBe(true);
    wait(table, 21_000);
    expect(stateOf(table).phase).toBe('revealed');
    expect(wants(0, bob.key)).toBe(false);
  });

  it('[T20] a seat vouches for so many answers a question, and only if it was asked', () => {
    const { table, players } = started(['host', 'bob', 'cid']);
    const [stranger] = seat(table, 'eve');
    if (!stranger) throw new Error('no seat');
    const hashes = Array.from({ length: MAX_SIGHTINGS + 5 }, (_, i) => ({
      hash: new Uint8Array(32).fill(i),
    }));
    for (const hash of hashes) vouch(table, [players[0], stranger], 0, hash);
    expect(stateOf(table).questions[0]?.sighted.size).toBe(MAX_SIGHTINGS);
    expect(
      [...(stateOf(table).questions[0]?.sighted.values() ?? [])].flat().every(({ seat: by }) => by === 0),
    ).toBe(true);
    wait(table, 27_000);
    vouch(table, [players[0]], 1, { hash: new Uint8Array(32).fill(255) });
    expect(stateOf(table).questions[1]?.sighted.size).toBe(1);
  });

  it.each([
    [3_000, 0, 3_000],
    [3_000, 100, 2_900],
    [3_000, 400, 2_850],
    [100, 400, 0],
    [20_300, 100, 20_000],
  ])('[T21] after %i ms with a round trip of %i ms, %i ms count', (after, rtt, elapsedMs) => {
    const { table, players } = started(['host', 'bob']);
    wait(table, after);
    answer(table, players[1], 0, { rtt });
    expect(turnOf(table, players[1])).toMatchObject({ elapsedMs });
  });
});
