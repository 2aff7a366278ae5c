import { describe, expect, it } from 'vitest';
import type { Draft } from '../game.ts';
import { answer, append, createEvening, draftsOwed, startEvening, wait, withhold } from '../testing/index.ts';

const seed = 'lies';

type LotDraft = Extract<Draft, { kind: 'lot' }>;

function inPhase(phase: 'open' | 'closing' | 'revealed') {
  const { table, players } = startEvening({ seed }, 'host', 'bob');
  if (phase === 'closing') {
    withhold(table, () => true);
    wait(table, 21_000);
  }
  if (phase === 'revealed') for (const player of players) answer(table, player, 0);
  return { table, players };
}

describe('an authority that lies', () => {
  const nonce = new Uint8Array(32);
  const ask = { kind: 'reveal', what: 'ask', index: 0, nonce, value: {} } as const;
  it.each<readonly [string, 'lobby' | 'open' | 'closing' | 'revealed', Draft, string]>([
    [
      'commits before the start',
      'lobby',
      { kind: 'commit', what: 'ask', from: 0, commits: [] },
      'commit_unexpected',
    ],
    ['commits anew', 'open', { kind: 'commit', what: 'ask', from: 0, commits: [] }, 'commit_unexpected'],
    ['locks without a draw', 'lobby', { kind: 'lock', round: 0, commits: [] }, 'lock_unexpected'],
    ['gives a key twice', 'open', { kind: 'key', lot: 0, pk: nonce }, 'key_unexpected'],
    ['asks twice', 'open', ask, 'ask_unexpected'],
    [
      'opens early',
      'open',
      { kind: 'lot', lot: 0, sk: nonce, openings: [], void: [], more: false },
      'lot_unexpected',
    ],
    [
      'opens another lot',
      'closing',
      { kind: 'lot', lot: 1, sk: nonce, openings: [], void: [], more: false },
      'lot_unexpected',
    ],
    [
      'opens with another key',
      'closing',
      { kind: 'lot', lot: 0, sk: nonce, openings: [], void: [], more: false },
      'lot_key_mismatch',
    ],
    ['answers before opening', 'closing', { ...ask, what: 'answer' }, 'answer_unexpected'],
    ['answers twice', 'revealed', { ...ask, what: 'answer' }, 'answer_unexpected'],
    ['throws dice twice', 'open', { ...ask, what: 'dice', value: nonce }, 'dice_unexpected'],
    ['reveals what is unknown', 'open', { ...ask, what: 'role' }, 'reveal_unexpected'],
    ['thinks', 'open', { kind: 'think', id: 0, ask: 1, deadline: 1, fallback: 1 }, 'think_unexpected'],
  ])('[R9] %s', (_what, phase, draft, code) => {
    const { table } = phase === 'lobby' ? { table: createEvening({ seed }) } : inPhase(phase);
    expect(() => append(table.loop, draft)).toThrow(code);
  });

  it.each([
    ['leaves an answer out', (lot: LotDraft) => ({ ...lot, openings: [] }), 'lot_incomplete'],
    [
      'changes an answer',
      (lot: LotDraft) => ({ ...lot, openings: lot.openings.map((one) => ({ ...one, value: 5 })) }),
      'opening_mismatch',
    ],
    [
      'opens what is no answer',
      (lot: LotDraft) => ({ ...lot, openings: lot.openings.map((one) => ({ ...one, index: 1 })) }),
      'opening_unexpected',
    ],
    ['voids what is no answer', (lot: LotDraft) => ({ ...lot, void: [1] }), 'opening_unexpected'],
  ] as const)('[R9] [T22] %s', (_what, change, code) => {
    const { table, players } = inPhase('closing');
    answer(table, players[0], 0, { quiet: true });
    withhold(table, () => false);
    const lot = (draftsOwed(table.loop) ?? []).find((draft): draft is LotDraft => draft.kind === 'lot');
    if (!lot) throw new Error('no lot');
    expect(() => append(table.loop, change(lot))).toThrow(code);
  });

  it('[R9] [T9] reveals another question, or another right answer', () => {
    const { table, players } = startEvening({ seed }, 'host', 'bob');
    for (const player of players) answer(table, player, 0, { quiet: true });
    const [lot, reveal] = draftsOwed(table.loop) ?? [];
    if (!lot || reveal?.kind !== 'reveal') throw new Error('no reveal');
    append(table.loop, lot);
    const value = { ...(reveal.value as object), explanation: 'Not what was committed to.' };
    expect(() => append(table.loop, { ...reveal, value })).toThrow('reveal_mismatch');
  });
});
