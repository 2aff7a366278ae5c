/** What a host may do, and who is host. */
import { type Bytes, equalBytes } from '@fairground/ledger';
import type { BodyOf } from './intents.ts';
import { applyLeave, hostOf, isHost } from './join.ts';
import { goOn, voidQuestion, waitNoMore } from './phases.ts';
import type { RefusalCode } from './refusals.ts';
import { currentQuestion, type Seat, seatOf, type State } from './state.ts';

/** So long nobody asks for a host that was asked for. */
export const RECLAIM_MS = 60_000;

export function checkNext(state: State, key: Bytes): RefusalCode | undefined {
  if (!isHost(state, key)) return 'not_host';
  if (state.rest) return 'paused';
  return state.phase === 'revealed' || isWaiting(state) ? undefined : 'not_now';
}

export function applyNext(state: State): void {
  if (state.phase === 'revealed') goOn(state);
  else waitNoMore(state);
}

/** A question that is out, or about to be, and is not being opened. */
export function checkSkip(state: State, key: Bytes): RefusalCode | undefined {
  if (!isHost(state, key)) return 'not_host';
  if (state.rest) return 'paused';
  const isOut = ['wager', 'asking', 'open', 'closing'].includes(state.phase);
  return isOut && !currentQuestion(state)?.sk ? undefined : 'not_now';
}

export function applySkip(state: State): void {
  voidQuestion(state);
}

/** The room's door, and sending somebody out of it: until the match is over. */
export function checkDoor(state: State, key: Bytes): RefusalCode | undefined {
  if (!isHost(state, key)) return 'not_host';
  return isDone(state) ? 'match_over' : undefined;
}

export function checkKick(state: State, key: Bytes, { who }: BodyOf<'kick'>): RefusalCode | undefined {
  const refused = checkDoor(state, key);
  if (refused) return refused;
  if (equalBytes(who, key)) return 'own_seat';
  return seatOf(state, who)?.present ? undefined : 'no_such_seat';
}

/** It leaves with its points, and is let in again after a time. */
export function applyKick(state: State, { who, forMs, why = '' }: BodyOf<'kick'>): void {
  const seat = seatOf(state, who);
  if (!seat) return;
  seat.out = { until: state.now + forMs, why };
  applyLeave(state, seat);
}

export function checkHandover(state: State, key: Bytes, { to }: BodyOf<'handover'>): RefusalCode | undefined {
  if (!isHost(state, key)) return 'not_host';
  if (state.phase === 'closed') return 'match_over';
  if (equalBytes(to, key)) return 'own_seat';
  return seatOf(state, to)?.present ? undefined : 'no_such_seat';
}

export function makeHost(state: State, key: Bytes): void {
  state.chosen = key;
  state.host = hostOf(state);
}

/** Anybody else may ask whether the host is there, now and then. */
export function checkClaim(state: State, seat: Seat): RefusalCode | undefined {
  if ((state.config.claimMs ?? 0) === 0 || isDone(state)) return 'not_now';
  if (isHost(state, seat.key)) return 'own_seat';
  return state.claim && state.now < state.claim.at + RECLAIM_MS ? 'claimed_lately' : undefined;
}

export function applyClaim(state: State, seat: Seat): void {
  const until = state.now + (state.config.claimMs ?? 0);
  state.claim = { by: seat.number, at: state.now, until, answered: false };
}

/** Whatever the host says shows that it is there. */
export function hearHost(state: State, key: Bytes): void {
  if (state.claim && !state.claim.answered && isHost(state, key))
    state.claim = { ...state.claim, answered: true };
}

/** The host was not heard in time. */
export function settleClaim(state: State): void {
  const { claim } = state;
  if (!claim) return;
  state.claim = { ...claim, answered: true };
  const seat = state.seats[claim.by];
  if (seat?.present) makeHost(state, seat.key);
}

/** The host is to say that it is there. */
export function owesAnswer({ claim, ...state }: State, key: Bytes): boolean {
  return claim !== undefined && !claim.answered && equalBytes(state.host, key);
}

function isWaiting(state: State): boolean {
  const question = currentQuestion(state);
  return state.phase === 'closing' && question !== undefined && question.missing > 0 && !question.sk;
}

function isDone({ phase }: State): boolean {
  return phase === 'over' || phase === 'closed';
}
