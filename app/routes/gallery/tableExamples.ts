/** Worlds as a room's page follows them: before there is a match to draw, after trust in it ended, and with what it has to say over one. */
import {
  createLive,
  type Follower,
  type FollowerState,
  type OutboxRecord,
  type Peer,
} from '@fairground/peer';
import { lobby, running, screenOf } from './examples.ts';
import { equivocation, keptBack, twoHistories } from './faultExamples.ts';

const state: FollowerState = {
  ...{ status: 'loading', size: 0, verified: { level: 'signed', to: 0 }, charges: [] },
  ...{ isDoubted: false, view: undefined, clockOffset: 0 },
};
const live = (view: object, change: Partial<FollowerState> = {}): FollowerState => ({
  ...{ ...state, status: 'live', size: 128, verified: { level: 'audited', to: 128 }, view, game: 'trivia' },
  ...change,
});

/** By the name that the gallery shows each under; the clock of each begins when it is looked at. */
export const tables: Readonly<Record<string, () => FollowerState>> = {
  'room-loading': () => state,
  'room-locked': () => ({ ...state, status: 'offline', refusedWith: 'capability_needed' }),
  'room-unknown': () => ({ ...state, status: 'offline', refusedWith: 'document_unknown' }),
  'room-offline': () => ({ ...state, status: 'offline' }),
  'room-new-rules': () => ({
    ...{ ...state, status: 'fault' },
    fault: { blame: 'transport', code: 'rules_unknown', index: 0, message: 'trivia 9 is not built in' },
  }),
  'room-new-game': () => ({ ...state, status: 'live', view: {}, game: 'chess' }),
  'room-stopped': () => ({
    ...{ ...state, status: 'fault', size: 128, view: {}, game: 'trivia' },
    ...{ fault: twoHistories, charges: [equivocation] },
  }),
  'room-delayed': () => live(running(12_000), { charges: [keptBack] }),
  'room-withheld': () => live(running(12_000), { withheld: 127 }),
  'room-doubted': () => live(running(12_000), { isDoubted: true }),
  'room-sent-out': () => {
    const { me: _, ...looking } = lobby;
    const until = Date.UTC(2026, 0, 1, 20, 30);
    return live({ ...looking, out: { until, why: 'Too loud for the neighbours' } });
  },
  'room-host-gone': () => live({ ...running(12_000), claim: { by: 'seat-1', until: Date.now() + 20_000 } }),
  'room-name-refused': () => live(lobby),
};

/** What this device has said in a world last, and why it did not count. */
const refused: Readonly<Record<string, Pick<OutboxRecord, 'code' | 'plan' | 'state'>>> = {
  'room-name-refused': { state: 'refused', code: 'name_invalid', plan: { kind: 'join', body: {} } },
  'nim-refused': { state: 'refused', code: 'too_few_stones', plan: { kind: 'take', body: { count: 3 } } },
};

/** Only what a page reads of a follower of which nothing more comes. */
export function player(now: FollowerState, name = '') {
  const mine = createLive(name in refused ? [{ storedAt: 0, ...refused[name] }] : []);
  const { value, subscribe } = createLive(now);
  const log = { entries: [], size: now.size };
  // Who meant to play in another example is seated again here.
  const submit = async () => ({ ok: true, value: { id: 'an intent' } });
  const secret = new Uint8Array(32);
  const follower = { value, subscribe, mine, log, submit, secret } as unknown as Follower;
  const peer = { identity: { key: new Uint8Array(32) } } as unknown as Peer;
  // Nobody who is asked for an unknown world came by its room.
  const { facts } = screenOf(lobby);
  return { peer, follower, facts: now.refusedWith === undefined ? facts : { ...facts, room: undefined } };
}
