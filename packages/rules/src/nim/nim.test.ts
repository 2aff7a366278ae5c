import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diceCommit } from '../dice/secret.ts';
import {
  createTable,
  pause,
  type Player,
  playerOf,
  playOut,
  resume,
  send,
  stateOf,
  type Table,
  wait,
  withhold,
  worldOf,
} from '../testing/index.ts';
import { nim, type NimState } from './index.ts';
import { TABLE_MS } from './state.ts';

const open = (config = {}, seed = 'nim') => createTable({ game: nim, config, seed });
const join = (table: Table<NimState>, name: string, as = name) => {
  const player = playerOf(table, name);
  return send(table, player, 'join', { name: as, rand: diceCommit(player.secret, player.key) });
};
/** A table with two seats, whoever begins first. */
function playing(config = {}, seed = 'nim') {
  const table = open(config, seed);
  join(table, 'ann');
  join(table, 'bob');
  const seats = [playerOf(table, 'ann'), playerOf(table, 'bob')] as const;
  return { table, ...inTurn(table, seats) };
}
function inTurn(table: Table<NimState>, [ann, bob]: readonly [Player, Player]) {
  return stateOf(table).turn === 0 ? { first: ann, second: bob } : { first: bob, second: ann };
}

describe('nim', () => {
  it('[N1] with the second seat the dice say who begins', () => {
    const table = open();
    join(table, 'ann');
    expect(stateOf(table)).toMatchObject({ phase: 'lobby', stones: 21 });
    join(table, 'bob');
    expect(stateOf(table).phase).toBe('playing');
    expect(stateOf(table).draw?.seed).toHaveLength(32);
  });

  it('[N1] either seat may be the one that begins', () => {
    const turns = Array.from({ length: 12 }, (_, i) => stateOf(playing({}, `seed ${i}`).table).turn);
    expect(new Set(turns)).toEqual(new Set([0, 1]));
  });

  it('[N1] joining is refused with a code', () => {
    const table = open();
    expect(join(table, 'ann', '')).toBe('name_invalid');
    expect(join(table, 'ann')).toBeUndefined();
    expect(join(table, 'ann')).toBe('already_joined');
    expect(join(table, 'bob', 'ANN')).toBe('name_taken');
    expect(join(table, 'bob')).toBeUndefined();
    expect(join(table, 'cid')).toBe('full');
  });

  it('[N1] a share that does not come leaves its owner in the game', () => {
    const table = open();
    table.away.add('bob');
    join(table, 'ann');
    join(table, 'bob');
    wait(table, 5_000);
    expect(stateOf(table)).toMatchObject({ phase: 'playing', draw: { round: 1 } });
    expect(stateOf(table).draw?.missed).toEqual([playerOf(table, 'bob').key]);
  });

  it('[R17] [N1] without the authority there is no draw and no match', () => {
    const table = open();
    withhold(table, ({ what }) => what === 'dice');
    join(table, 'ann');
    join(table, 'bob');
    wait(table, 30_000);
    expect(worldOf(table).closed).toMatchObject({ reason: 'authority_default' });
  });

  it('[N2] a move out of turn, of too many or too early is refused', () => {
    const early = open();
    join(early, 'ann');
    expect(send(early, playerOf(early, 'ann'), 'take', { count: 1 })).toBe('not_playing');
    const { table, first, second } = playing({ stones: 5 });
    expect(send(table, second, 'take', { count: 1 })).toBe('not_your_turn');
    expect(send(table, first, 'take', { count: 3 })).toBeUndefined();
    expect(send(table, second, 'take', { count: 3 })).toBe('too_few_stones');
    expect(send(table, second, 'take', { count: 4 })).toBe('intent_body');
    expect(send(table, playerOf(table, 'cid'), 'take', { count: 1 })).toBe('not_seated');
    expect(send(table, second, 'take', { count: 2 })).toBeUndefined();
    expect(stateOf(table)).toMatchObject({ phase: 'over', reason: 'last_stone', stones: 0 });
    expect(stateOf(table).seats[stateOf(table).winner ?? 9]?.key).toEqual(second.key);
  });

  it('[N2] any legal game ends, and the last mover has won', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 99 }),
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 99, maxLength: 99 }),
        (stones, moves) => {
          const { table, first, second } = playing({ stones });
          let turn = 0;
          for (const wish of moves) {
            const count = Math.min(wish, stateOf(table).stones);
            if (count === 0) break;
            expect(send(table, turn % 2 === 0 ? first : second, 'take', { count })).toBeUndefined();
            turn++;
          }
          const winner = turn % 2 === 1 ? first : second;
          expect(nim.view(stateOf(table), {})).toMatchObject({
            winner: Buffer.from(winner.key).toString('hex'),
          });
        },
      ),
      { numRuns: 10 },
    );
  });

  it('[N3] a turn that is not taken in time loses', () => {
    const { table, first, second } = playing({ turnMs: 10_000 });
    wait(table, 9_999);
    expect(send(table, first, 'take', { count: 1 })).toBeUndefined();
    wait(table, 9_999);
    expect(stateOf(table).phase).toBe('playing');
    wait(table, 1);
    expect(stateOf(table)).toMatchObject({ phase: 'over', reason: 'out_of_time' });
    expect(send(table, second, 'take', { count: 1 })).toBe('world_closed');
    expect(stateOf(table).seats[stateOf(table).winner ?? 9]?.key).toEqual(first.key);
  });

  it('[N4] leaving frees the seat before the draw and loses after it', () => {
    const lobby = open();
    join(lobby, 'ann');
    expect(send(lobby, playerOf(lobby, 'ann'), 'leave')).toBeUndefined();
    expect(stateOf(lobby).seats).toEqual([]);
    const { table, first, second } = playing();
    expect(send(table, first, 'leave')).toBeUndefined();
    expect(stateOf(table)).toMatchObject({ phase: 'over', reason: 'left' });
    expect(stateOf(table).seats[stateOf(table).winner ?? 9]?.key).toEqual(second.key);
  });

  it('[N5] after the end the world is closed, and nothing is admitted', () => {
    const { table, first, second } = playing({ stones: 5 });
    send(table, first, 'take', { count: 3 });
    send(table, second, 'take', { count: 2 }, { quiet: true });
    expect(send(table, first, 'leave', {}, { quiet: true })).toBe('game_over');
    playOut(table);
    expect(worldOf(table).closed).toMatchObject({ reason: 'last_stone' });
  });

  it('[N6] a table that waits a day is abandoned', () => {
    const table = open();
    join(table, 'ann');
    wait(table, TABLE_MS);
    expect(worldOf(table).closed).toMatchObject({ reason: 'abandoned' });
  });

  it('[N7] a pause moves the turn', () => {
    const { table } = playing({ turnMs: 10_000 });
    const { by } = stateOf(table);
    wait(table, 4_000);
    pause(table);
    table.loop.now += 600_000;
    resume(table);
    expect(stateOf(table).by).toBe(by + 600_000);
    wait(table, 5_999);
    expect(stateOf(table).phase).toBe('playing');
    wait(table, 1);
    expect(stateOf(table).phase).toBe('over');
  });

  it('[N8] both seats and a looker-on see the same match', () => {
    const { table, first, second } = playing();
    const { me, ...view } = nim.view(stateOf(table), { key: first.key }) as Record<string, unknown>;
    expect(me).toBe(Buffer.from(first.key).toString('hex'));
    expect(nim.view(stateOf(table), { key: second.key })).toMatchObject(view);
    expect(nim.view(stateOf(table), {})).toEqual(view);
    expect(nim.card(stateOf(table))).toEqual({
      title: 'Nim',
      topic: 'nim',
      phase: 'running',
      players: 2,
      seats: 2,
    });
  });
});
