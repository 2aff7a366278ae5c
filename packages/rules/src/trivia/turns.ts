/**
 * What a seat's turns are encoded to. A long match has a hundred thousand of them and most never change again, so their bytes are kept
 * from one state hash to the next. A turn is replaced and never changed, so the bytes are known to be its own by its identity.
 */
import { type Cbor, EncodedCbor, encodeCbor } from '@fairground/ledger';
import type { Seat, Turn } from './state.ts';

interface Written {
  readonly turns: (Turn | null)[];
  /** Where each turn's bytes end. */
  readonly ends: number[];
  bytes: Uint8Array;
}

/** Room for the longest head of a list that a match can have. */
const HEAD = 3;
const written = new WeakMap<Seat, Written>();

export function encodedTurns(seat: Seat): EncodedCbor {
  const { turns } = seat;
  const kept = writtenOf(seat);
  const same = sameUpTo(kept.turns, turns);
  kept.turns.length = same;
  kept.ends.length = same;
  for (let i = same; i < turns.length; i++) append(kept, turns[i] ?? null);
  const head = listHead(turns.length);
  const start = HEAD - head.length;
  kept.bytes.set(head, start);
  return new EncodedCbor(kept.bytes.subarray(start, endOf(kept)));
}

function writtenOf(seat: Seat): Written {
  const known = written.get(seat);
  if (known) return known;
  const fresh: Written = { turns: [], ends: [], bytes: new Uint8Array(64) };
  written.set(seat, fresh);
  return fresh;
}

function sameUpTo(before: Written['turns'], now: Seat['turns']): number {
  let same = 0;
  while (same < before.length && same < now.length && before[same] === now[same]) same++;
  return same;
}

function append(kept: Written, turn: Turn | null): void {
  const bytes = encodeCbor(turn && turnData(turn));
  const end = endOf(kept);
  if (end + bytes.length > kept.bytes.length) kept.bytes = grown(kept.bytes);
  kept.bytes.set(bytes, end);
  kept.turns.push(turn);
  kept.ends.push(end + bytes.length);
}

function turnData({ entry, elapsedMs, at, choice, said, share }: Turn): Cbor {
  const always = [entry, elapsedMs, at, choice];
  return said === undefined ? always : [...always, said, share ?? null];
}

function endOf({ ends }: Written): number {
  return ends[ends.length - 1] ?? HEAD;
}

function grown(bytes: Uint8Array): Uint8Array {
  const larger = new Uint8Array(2 * bytes.length);
  larger.set(bytes);
  return larger;
}

/** RFC 8949 §3: major type 4. */
function listHead(count: number): readonly number[] {
  if (count < 24) return [0x80 | count];
  return count < 0x100 ? [0x98, count] : [0x99, count >> 8, count & 0xff];
}
