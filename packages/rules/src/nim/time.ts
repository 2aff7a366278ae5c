/** Nim's clock: a turn that is not taken in time loses; nobody waits for ever. */
import type { Millis } from '@fairground/ledger';
import { drawDue } from '../dice/drafts.ts';
import { restartDraw } from '../dice/draw.ts';
import { type NimReason, type NimState, other } from './state.ts';

export function nimDue(state: NimState): Millis | undefined {
  if (state.pausedAt !== undefined || state.phase === 'over') return undefined;
  return state.phase === 'drawing' && state.draw ? drawDue(state.draw) : state.by;
}

export function letTimePass(state: NimState, at: Millis): NimState {
  const due = nimDue(state);
  const later = { ...state, now: at };
  return due !== undefined && at >= due ? passDeadline(later) : later;
}

export function finishNim(state: NimState, reason: NimReason, winner?: number): NimState {
  const { turn: _turn, ...rest } = state;
  return { ...rest, phase: 'over', reason, ...(winner === undefined ? {} : { winner }) };
}

/** The open deadline moves by as much as the game's clock stood still. */
export function resumeNim({ pausedAt, ...state }: NimState, at: Millis): NimState {
  const gap = at - (pausedAt ?? at);
  const moved = { ...state, now: at, by: state.by + gap };
  return moved.draw ? { ...moved, draw: { ...moved.draw, by: moved.draw.by + gap } } : moved;
}

function passDeadline(state: NimState): NimState {
  if (state.phase === 'playing') return finishNim(state, 'out_of_time', other(state.turn ?? 0));
  if (state.phase === 'lobby') return finishNim(state, 'abandoned');
  const draw = state.draw && restartDraw(state.draw, state.now);
  return draw ? { ...state, draw } : finishNim(state, 'authority_default');
}
