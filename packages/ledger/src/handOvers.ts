/** Whose a log is at a place whose beginning is not at hand: the rotations that stand before it, each signed by the key before. */
import { type Bytes, equalBytes } from './bytes.ts';
import type { RotateEntry } from './entry.ts';
import { decodeEntry } from './entryCodec.ts';
import { type Result, err, ok } from './result.ts';
import { mayRotate, type RotateRefusal, verifyRotate } from './rotate.ts';

/** In a log's files: its `rotate` entries in order, as an entry bundle. */
export const ROTATIONS_FILE = 'rotations';
/** A key is handed on when its owner says so; whoever is shown more is kept busy. */
const MOST_ROTATIONS = 32;

export type HandOverRefusal =
  | RotateRefusal
  | 'rotations_malformed'
  | 'rotations_order'
  | 'rotations_lead_elsewhere';

export interface HandOver {
  /** Where the entry stands in the log. */
  readonly index: number;
  readonly bytes: Bytes;
}

export interface HandOverClaim {
  /** The world's id. */
  readonly world: Bytes;
  /** Of the genesis. */
  readonly from: Bytes;
  /** Whose the log is said to be. */
  readonly to: Bytes;
  /** How many entries come before the place. */
  readonly before: number;
  readonly rotations: readonly Bytes[];
}

/**
 * Refuses a chain that does not lead from one key to the other before that place, each step signed by both of its keys for this world and
 * its own place. That the entries stand there, and that none is left out, shows only the log.
 */
export function verifyHandOvers({
  world,
  from,
  to,
  before,
  rotations,
}: HandOverClaim): Result<readonly HandOver[], HandOverRefusal> {
  if (rotations.length > MOST_ROTATIONS) return err('rotations_malformed', 'too many');
  const found: HandOver[] = [];
  let key = from;
  for (const bytes of rotations) {
    const entry = rotateIn(bytes);
    if (!entry) return err('rotations_malformed');
    const index = entry.effectiveSize - 1;
    if (index <= (found.at(-1)?.index ?? 0) || index >= before) return err('rotations_order');
    const signed = verifyRotate({ opening: { world }, size: index, authorityKey: key }, entry);
    if (!signed.ok) return signed;
    found.push({ index, bytes });
    key = entry.newKey;
  }
  return equalBytes(key, to) ? ok(found) : err('rotations_lead_elsewhere');
}

function rotateIn(bytes: Bytes): RotateEntry | undefined {
  const entry = decodeEntry(bytes);
  return entry.ok && entry.value.kind === 'rotate' ? entry.value : undefined;
}

/** Those among these entries; nearly all are passed over undecoded. */
export function rotationsAmong(entries: readonly Bytes[]): readonly Bytes[] {
  return entries.filter((bytes) => mayRotate(bytes) && rotateIn(bytes));
}
