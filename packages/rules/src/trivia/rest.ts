/** The match stands still because the host wants it to, and goes on with a countdown. */
import type { Bytes, Millis } from '@fairground/ledger';
import type { BodyOf } from './intents.ts';
import { isHost, isRunning } from './join.ts';
import type { RefusalCode } from './refusals.ts';
import type { Rest, State } from './state.ts';

/** How long people have to find their places again. */
export const COUNTDOWN_MS = 3_000;
/** A match that nobody goes on with goes on by itself. */
export const MAX_REST_MS = 1_800_000;

export function checkPause(state: State, key: Bytes): RefusalCode | undefined {
  if (!isHost(state, key)) return 'not_host';
  if (!isRunning(state)) return 'not_now';
  return state.rest && state.rest.until === undefined ? 'paused' : undefined;
}

/** Also while it counts down. */
export function applyPause(state: State, by: Bytes, { why = '' }: BodyOf<'pause'>): void {
  state.rest = { by, why, since: state.rest?.since ?? state.now };
}

export function checkResume(state: State, key: Bytes): RefusalCode | undefined {
  if (!isHost(state, key)) return 'not_host';
  return state.rest && state.rest.until === undefined ? undefined : 'not_paused';
}

export function applyResume(state: State): void {
  if (state.rest) state.rest = { ...state.rest, until: state.now + COUNTDOWN_MS };
}

export function restEnds({ since, until = since + MAX_REST_MS }: Rest): Millis {
  return until;
}

/** The time that counts: it stands still with the match. */
export function gameTime({ rest }: State, at: Millis): Millis {
  return rest ? Math.min(at, rest.since) : at;
}

/** What was under way when the match was paused still counts; who thinks on while it stands still does not. */
export function isTakingInRest({ rest, now, config }: State): boolean {
  return !rest || now <= rest.since + config.graceMs;
}
