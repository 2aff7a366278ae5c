/** Before the start: ready, settings, start. */
import { changeConfig, type Config, type ConfigChange } from './config.ts';
import type { BodyOf } from './intents.ts';
import { isHost } from './join.ts';
import { beginDealing, stayInLobby } from './phases.ts';
import type { RefusalCode } from './refusals.ts';
import type { Seat, State } from './state.ts';
import { teamCount } from './teams.ts';

export function checkReady(state: State): RefusalCode | undefined {
  return state.phase === 'lobby' ? undefined : 'not_in_lobby';
}

export function applyReady(state: State, seat: Seat, { ready }: BodyOf<'ready'>): void {
  seat.ready = ready;
  stayInLobby(state);
}

export function checkTeam(state: State, { team }: BodyOf<'team'>): RefusalCode | undefined {
  if (state.phase !== 'lobby') return 'not_in_lobby';
  const isOffered = state.config.teamsBy !== 'dice' && team < teamCount(state);
  return isOffered ? undefined : 'no_team';
}

export function applyTeam(state: State, seat: Seat, { team }: BodyOf<'team'>): void {
  seat.team = team;
  stayInLobby(state);
}

export function checkConfigure(
  state: State,
  key: Seat['key'],
  body: BodyOf<'configure'>,
): RefusalCode | undefined {
  if (state.phase !== 'lobby') return 'not_in_lobby';
  if (!isHost(state, key)) return 'not_host';
  const changed = changeConfig(state.config, settingsOf(body));
  if (!changed) return 'settings_invalid';
  return changed.seats < state.presentCount ? 'seats_taken' : undefined;
}

export function applyConfigure(state: State, body: BodyOf<'configure'>): void {
  const changed: Config | undefined = changeConfig(state.config, settingsOf(body));
  if (changed) state.config = changed;
  stayInLobby(state);
}

export function checkStart(state: State, key: Seat['key']): RefusalCode | undefined {
  if (state.phase !== 'lobby') return 'not_in_lobby';
  if (!isHost(state, key)) return 'not_host';
  return state.presentCount === 0 ? 'nobody_joined' : undefined;
}

export function applyStart(state: State): void {
  beginDealing(state);
}

function settingsOf({ kind: _kind, ...change }: BodyOf<'configure'>): ConfigChange {
  return change;
}
