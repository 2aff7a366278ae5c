/** How much of a ledger may be filled: by everybody, and by one seat with what the rules refuse. What the authority owes is always written. */
import { type Bytes, type Millis, bytesToHex } from '@fairground/ledger';
import { limits } from '@fairground/protocol';
import type { LiveWorld } from '../worlds/live.ts';

const { max, windowMs } = limits.refusedBytes;

/** Participants can add nothing any more; what they began is still brought to its end. */
export function isFull({ bytes, replay }: Pick<LiveWorld, 'bytes' | 'replay'>): boolean {
  return bytes >= limits.ledgerBytes.max && !replay.closed;
}

type Refusals = Pick<LiveWorld, 'refusals'>;

/** Seconds until a refused intent of this key is logged again; undefined where it is. */
export function refusalWait(live: Refusals, key: Bytes, now: Millis): number | undefined {
  const left = leftOf(live, key, now);
  return left > 0 ? undefined : Math.max(1, Math.ceil((-left * windowMs) / max / 1000));
}

/** The last one may go past the budget: then the next waits longer. */
export function noteRefusal(live: Refusals, key: Bytes, length: number, now: Millis): void {
  live.refusals.set(bytesToHex(key), { left: leftOf(live, key, now) - length, at: now });
}

function leftOf({ refusals }: Refusals, key: Bytes, now: Millis): number {
  const lately = refusals.get(bytesToHex(key));
  return lately ? Math.min(max, lately.left + (Math.max(0, now - lately.at) * max) / windowMs) : max;
}
