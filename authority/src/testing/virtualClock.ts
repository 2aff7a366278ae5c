/** A clock that a test moves; timers fire in the order of their times, with everything else settled between them. */
import type { Millis } from '@fairground/ledger';
import type { Clock } from '../ports.ts';

export interface VirtualClock extends Clock {
  /** Goes on by `ms`; waits for what every timer set off before the next one fires. */
  advance(ms: number): Promise<void>;
  /** Goes on by `ms` at once, whatever is under way. */
  jump(ms: number): void;
  /** The machine sleeps: the time is later, and no timer has fired yet. */
  sleep(ms: number): void;
}

interface Timer {
  readonly at: Millis;
  readonly act: () => void;
}

export const testEpoch: Millis = 1_750_000_000_000;

/** `settle` resolves when nothing is under way but timers. */
export function createVirtualClock(settle: () => Promise<void>, start = testEpoch): VirtualClock {
  const timers = new Set<Timer>();
  let now = start;
  return {
    now: () => now,
    setTimer(ms, act) {
      const timer = { at: now + ms, act };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    jump(ms) {
      now += ms;
      for (const timer of [...timers].filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at)) {
        timers.delete(timer);
        timer.act();
      }
    },
    sleep: (ms) => void (now += ms),
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (;;) {
        const next = [...timers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.act();
        await settle();
      }
      now = Math.max(now, until);
    },
  };
}
