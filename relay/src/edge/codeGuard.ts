/** Six digits can be guessed: an address has ten wrong tries a minute, and after three the wait doubles. A whole party behind one router may type the right code. */
import { limits } from '@fairground/protocol';
import type { Clock } from '../ports.ts';
import type { Rates } from './rates.ts';

export interface CodeGuard {
  /** Seconds to wait, or undefined when the address may try. */
  mayTry(address: string): number | undefined;
  missed(address: string): void;
  found(address: string): void;
}

interface Misses {
  count: number;
  until: number;
}

const freeMisses = 3;
const maxDelayMs = 10 * 60_000;
// So long without a miss, and the address begins anew.
const forgetMs = 10 * 60_000;
const mostAddresses = 20_000;

export function createCodeGuard(clock: Clock, rates: Rates): CodeGuard {
  const misses = new Map<string, Misses>();
  return {
    mayTry(address) {
      const wait = (misses.get(address)?.until ?? 0) - clock.now();
      if (wait > 0) return Math.ceil(wait / 1000);
      return rates.take(limits.codeLookups, address);
    },
    missed(address) {
      const known = misses.get(address);
      const isQuiet = !known || clock.now() - known.until > forgetMs;
      const count = isQuiet ? 1 : known.count + 1;
      const delay = count <= freeMisses ? 0 : Math.min(maxDelayMs, 1000 * 2 ** (count - freeMisses));
      misses.delete(address);
      misses.set(address, { count, until: clock.now() + delay });
      const [oldest] = misses.keys();
      if (misses.size > mostAddresses && oldest !== undefined) misses.delete(oldest);
    },
    // The misses stay: who opens a room of his own may not wipe out his guesses with its code.
    found(address) {
      rates.giveBack(limits.codeLookups, address);
    },
  };
}
