/** Worlds as a room's page follows them, when there is no match to draw yet or no more. */
import { createLive, type Follower, type FollowerState, type Peer } from '@fairground/peer';
import { equivocation, screenOf, lobby, twoHistories } from './examples.ts';

const state: FollowerState = {
  ...{ status: 'loading', size: 0, verified: { level: 'signed', to: 0 }, charges: [] },
  ...{ isDoubted: false, view: undefined, clockOffset: 0 },
};

export const tables: Readonly<Record<string, FollowerState>> = {
  'room-loading': state,
  'room-locked': { ...state, status: 'offline', refusedWith: 'capability_needed' },
  'room-unknown': { ...state, status: 'offline', refusedWith: 'document_unknown' },
  'room-offline': { ...state, status: 'offline' },
  'room-new-rules': {
    ...{ ...state, status: 'fault' },
    fault: { blame: 'transport', code: 'rules_unknown', index: 0, message: 'trivia 9 is not built in' },
  },
  'room-new-game': { ...state, status: 'live', view: {}, game: 'chess' },
  'room-stopped': {
    ...{ ...state, status: 'fault', size: 128, view: {}, game: 'trivia' },
    ...{ fault: twoHistories, charges: [equivocation] },
  },
};

/** Only what a page reads of a follower that shows no match. */
export function player(now: FollowerState) {
  const follower = { ...createLive(now), mine: createLive([]) } as unknown as Follower;
  const peer = { identity: { key: new Uint8Array(32) } } as unknown as Peer;
  // Nobody who is asked for an unknown world came by its room.
  const { facts } = screenOf(lobby);
  return { peer, follower, facts: now.refusedWith === undefined ? facts : { ...facts, room: undefined } };
}
