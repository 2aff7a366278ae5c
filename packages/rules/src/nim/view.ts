/** What a screen shows of nim. */
import { bytesToHex, type Millis } from '@fairground/ledger';
import type { Card, Viewer } from '../game.ts';
import { type NimConfig, type NimReason, type NimState, nimSeatOf } from './state.ts';

export interface NimView {
  readonly game: 'nim';
  readonly phase: NimState['phase'];
  readonly now: Millis;
  readonly config: NimConfig;
  readonly stones: number;
  readonly seats: readonly { readonly id: string; readonly name: string }[];
  readonly me?: string;
  /** Whose turn it is, and until when. */
  readonly turn?: { readonly id: string; readonly by: Millis };
  readonly winner?: string;
  readonly reason?: NimReason;
}

export function viewNim(state: NimState, { key }: Viewer): NimView {
  const { phase, now, config, stones, turn, winner, reason, by } = state;
  const idOf = (seat: number | undefined) => {
    const found = seat === undefined ? undefined : state.seats[seat];
    return found && bytesToHex(found.key);
  };
  const me = key && idOf(nimSeatOf(state, key));
  const turnId = idOf(turn);
  const winnerId = idOf(winner);
  return {
    game: 'nim',
    phase,
    now,
    config,
    stones,
    seats: state.seats.map((seat) => ({ id: bytesToHex(seat.key), name: seat.name })),
    ...(me ? { me } : {}),
    ...(turnId ? { turn: { id: turnId, by } } : {}),
    ...(winnerId ? { winner: winnerId } : {}),
    ...(reason ? { reason } : {}),
  };
}

export function cardNim({ phase, seats }: NimState): Card {
  const shown = { lobby: 'open', drawing: 'running', playing: 'running', over: 'over' } as const;
  return { title: 'Nim', topic: 'nim', phase: shown[phase], players: seats.length, seats: 2 };
}
