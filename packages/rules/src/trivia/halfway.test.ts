import { describe, expect, it } from 'vitest';
import {
  answer,
  append,
  createEvening,
  draftsOwed,
  rightChoice,
  seat,
  send,
  settle,
  startEvening,
  stateOf,
  wait,
  withhold,
} from '../testing/index.ts';
import { trivia } from './index.ts';

const seed = 'halfway';

describe('an authority that stopped half way', () => {
  it('[T41] a deal, a question and an opening that stopped half way are finished', () => {
    const { table, players } = startEvening({ seed }, 'host', 'bob', 'cid');
    for (const player of players) answer(table, player, rightChoice(table, seed), { quiet: true });
    const [owed] = trivia.owes(stateOf(table));
    if (owed?.lot !== 0) throw new Error('nothing owed');
    const drafts = draftsOwed(table.loop) ?? [];
    const lot = drafts.find((draft) => draft.kind === 'lot');
    if (lot?.kind !== 'lot') throw new Error('no lot');
    append(table.loop, { ...lot, openings: lot.openings.slice(0, 1), more: true });
    settle(table);
    expect(stateOf(table).seats.map(({ points }) => points)).toEqual([1_000, 1_000, 1_000]);
    wait(table, 6_000);
    expect(stateOf(table)).toMatchObject({ phase: 'open', current: 1 });
  });

  it('[T41] a key without its question is followed by it', () => {
    const { table, players } = startEvening({ seed }, 'host', 'bob');
    withhold(table, ({ lot, act }) => act === 'unseal' && lot === undefined);
    for (const player of players) answer(table, player, 0);
    wait(table, 6_000);
    expect(stateOf(table).phase).toBe('asking');
    withhold(table, () => false);
    const [key] = draftsOwed(table.loop) ?? [];
    if (key?.kind !== 'key') throw new Error('no key');
    append(table.loop, key);
    expect((draftsOwed(table.loop) ?? []).map(({ kind }) => kind)).toEqual(['reveal']);
    settle(table);
    expect(stateOf(table).phase).toBe('open');
  });

  it('[T41] half a deal is completed', () => {
    const table = createEvening({ seed, config: { questions: 2 } });
    const [host] = seat(table, 'host');
    if (!host) throw new Error('no host');
    send(table, host, 'start', {}, { quiet: true });
    const [asks] = draftsOwed(table.loop) ?? [];
    if (asks?.kind !== 'commit') throw new Error('no commit');
    append(table.loop, asks);
    expect(draftsOwed(table.loop) ?? []).toMatchObject([{ kind: 'commit', what: 'answer' }]);
    settle(table);
    expect(stateOf(table).phase).toBe('open');
  });
});
