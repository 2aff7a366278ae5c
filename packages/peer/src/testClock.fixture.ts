/** A clock that stands still until a test moves it. */
import type { Clock } from './ports.ts';

export interface TestClock extends Clock {
  /** Runs every timer that is due within `ms`, in order, and lets promises settle in between. */
  advance(ms: number): Promise<void>;
  readonly timers: number;
}

export function createTestClock(start = 1_750_000_000_000): TestClock {
  let now = start;
  let serial = 0;
  const timers = new Map<number, { readonly at: number; readonly fn: () => void }>();
  return {
    now: () => now,
    setTimer(ms, fn) {
      const id = ++serial;
      timers.set(id, { at: now + ms, fn });
      return () => void timers.delete(id);
    },
    get timers() {
      return timers.size;
    },
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        await settle();
        const next = [...timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
        if (!next) break;
        timers.delete(next[0]);
        now = Math.max(now, next[1].at);
        next[1].fn();
      }
      now = end;
      await settle();
    },
  };
}

/** Lets everything run that waits for nothing but promises; crypto's worker threads need turns of the event loop. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
