/** One sender on a device at a time, by Web Locks: its pages and its worker share an outbox. */
import type { Clock } from '../ports.ts';
import type { Turn } from './outboxDeps.ts';

/** A page that was frozen in the middle of its turn must not hold up the one that is looked at. */
const PATIENCE_MS = 2_000;

/**
 * Without Web Locks (a LAN address over http) everybody sends for themselves. That only costs requests: an intent that comes twice gets one
 * receipt, and storage decides who writes.
 */
export function createTurn(locks: LockManager | undefined, clock: Clock): Turn {
  if (!locks) return (_, work) => work();
  return async (name, work) => {
    const impatience = new AbortController();
    let isMine = false;
    const cancel = clock.setTimer(PATIENCE_MS, () => {
      if (!isMine) impatience.abort();
    });
    const mine = () => {
      isMine = true;
      cancel();
      return work();
    };
    try {
      return await locks.request(`fairground/${name}`, { signal: impatience.signal }, mine);
    } catch (error) {
      cancel();
      // What fails in our turn is the work's own failure; without a turn the work is still to be done.
      if (isMine) throw error;
      return work();
    }
  };
}
