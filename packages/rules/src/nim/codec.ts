/** A match of nim as canonical bytes. */
import { type Bytes, decodeCbor, encodeCbor, unwrap } from '@fairground/ledger';
import { z } from 'zod';
import { dataToDraw, DrawData, drawToData } from '../dice/codec.ts';
import { bytes32, uint } from '../schema.ts';
import { NIM_PHASES, NIM_REASONS, NimConfig, type NimState } from './state.ts';

const NimData = z.strictObject({
  v: z.literal(1),
  world: bytes32,
  authority: bytes32,
  rand: bytes32,
  config: NimConfig,
  now: uint,
  pausedAt: uint.exactOptional(),
  phase: z.enum(NIM_PHASES),
  by: uint,
  seats: z.array(z.strictObject({ key: bytes32, name: z.string(), rand: bytes32 })),
  draw: DrawData.exactOptional(),
  stones: uint,
  turn: uint.max(1).exactOptional(),
  winner: uint.max(1).exactOptional(),
  reason: z.enum(NIM_REASONS).exactOptional(),
});

export function encodeNim({ draw, ...rest }: NimState): Bytes {
  const seats = rest.seats.map(({ key, name, rand }) => ({ key, name, rand }));
  return encodeCbor({ v: 1, ...rest, seats, ...(draw ? { draw: drawToData(draw) } : {}) });
}

/** Throws on bytes that are no encoded match. */
export function decodeNim(bytes: Bytes): NimState {
  const { v: _v, draw, ...rest } = NimData.parse(unwrap(decodeCbor(bytes)));
  return draw ? { ...rest, draw: dataToDraw(draw, rest.world) } : rest;
}
