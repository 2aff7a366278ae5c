/** A match of nim as the rules keep it; never changed, only replaced. */
import { type Bytes, equalBytes, type Millis, type Opening } from '@fairground/ledger';
import { z } from 'zod';
import type { Draw } from '../dice/draw.ts';
import { bytes32, uint } from '../schema.ts';

export const NimConfig = z.strictObject({
  stones: z.int().min(5).max(99).default(21),
  turnMs: z.int().min(1_000).max(600_000).default(30_000),
});
export type NimConfig = z.infer<typeof NimConfig>;

export const NimBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('join'), name: z.string().max(96), rand: bytes32 }),
  z.strictObject({ kind: z.literal('share'), round: uint, nonce: bytes32, secret: bytes32 }),
  z.strictObject({ kind: z.literal('take'), count: z.int().min(1).max(3) }),
  z.strictObject({ kind: z.literal('leave') }),
]);
export type NimBody = z.infer<typeof NimBody>;

export const NIM_PHASES = ['lobby', 'drawing', 'playing', 'over'] as const;
export const NIM_REASONS = ['last_stone', 'out_of_time', 'left', 'abandoned', 'authority_default'] as const;
export type NimReason = (typeof NIM_REASONS)[number];

export interface NimSeat {
  readonly key: Bytes;
  readonly name: string;
  readonly rand: Bytes;
}

export interface NimState {
  readonly world: Bytes;
  readonly authority: Bytes;
  /** The authority's commit to its dice. */
  readonly rand: Bytes;
  readonly config: NimConfig;
  readonly now: Millis;
  readonly pausedAt?: Millis;
  readonly phase: (typeof NIM_PHASES)[number];
  /** Until when what the phase waits for must come: a second player, the turn. */
  readonly by: Millis;
  readonly seats: readonly NimSeat[];
  readonly draw?: Draw;
  readonly stones: number;
  /** Whose turn it is, a place in `seats`. */
  readonly turn?: number;
  readonly winner?: number;
  readonly reason?: NimReason;
}

/** How long a table waits for its players. */
export const TABLE_MS = 86_400_000;

export function openNim({ world, genesis }: Opening<NimConfig>): NimState {
  return {
    world,
    authority: genesis.authority.key,
    rand: genesis.rand,
    config: genesis.config,
    now: genesis.at,
    phase: 'lobby',
    by: genesis.at + TABLE_MS,
    seats: [],
    stones: genesis.config.stones,
  };
}

/** The key's place in `seats`, -1 without one. */
export function nimSeatOf({ seats }: NimState, key: Bytes): number {
  return seats.findIndex((seat) => equalBytes(seat.key, key));
}

export function other(seat: number): number {
  return 1 - seat;
}
