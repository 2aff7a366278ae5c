/** A table of nim at its different moments, as a room's page follows it. */
import type { FollowerState } from '@fairground/peer';
import type { NimView } from '@fairground/rules';

const ME = '3a7c15f2'.padEnd(64, '0');
const OTHER = '91d04be8'.padEnd(64, '0');

const view = (change: Partial<NimView>): NimView => ({
  ...{ game: 'nim', phase: 'lobby', now: Date.now(), config: { stones: 21, turnMs: 30_000 }, stones: 21 },
  seats: [
    { id: OTHER, name: 'Velvet Otter' },
    { id: ME, name: 'Lucky Lantern' },
  ],
  ...change,
});

const state: FollowerState = {
  ...{ status: 'live', size: 24, verified: { level: 'audited', to: 24 }, charges: [], isDoubted: false },
  ...{ view: undefined, game: 'nim', clockOffset: 0 },
};

const turnOf = (id: string) => ({ id, by: Date.now() + 25_000 });

/** By the name that the gallery shows each under; the clock of each begins when it is looked at. */
export const nims = {
  'nim-lobby': () => ({ ...state, view: view({ seats: [{ id: OTHER, name: 'Velvet Otter' }] }) }),
  'nim-drawing': () => ({ ...state, view: view({ phase: 'drawing', me: ME }) }),
  'nim-turn': () => ({ ...state, view: view({ phase: 'playing', stones: 14, me: ME, turn: turnOf(ME) }) }),
  'nim-other': () => ({ ...state, view: view({ phase: 'playing', stones: 9, me: ME, turn: turnOf(OTHER) }) }),
  'nim-watching': () => ({ ...state, view: view({ phase: 'playing', stones: 9, turn: turnOf(OTHER) }) }),
  'nim-refused': () => ({ ...state, view: view({ phase: 'playing', stones: 2, me: ME, turn: turnOf(ME) }) }),
  'nim-over': () => ({
    ...state,
    view: view({ phase: 'over', stones: 0, me: ME, winner: ME, reason: 'last_stone' }),
  }),
} satisfies Readonly<Record<string, () => FollowerState>>;
