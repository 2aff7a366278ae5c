/** A clock that runs as usual and can be moved on: whatever waits for a later hour happens at once. */
export interface StageClock {
  now(): number;
  setTimer(ms: number, act: () => void): () => void;
  skip(ms: number): void;
  stop(): void;
}

interface Timer {
  readonly at: number;
  readonly act: () => void;
  handle?: NodeJS.Timeout;
}

export function createStageClock(): StageClock {
  let offset = 0;
  const timers = new Set<Timer>();
  const now = () => Date.now() + offset;
  const arm = (timer: Timer) => {
    clearTimeout(timer.handle);
    timer.handle = setTimeout(
      () => {
        timers.delete(timer);
        timer.act();
      },
      Math.max(0, timer.at - now()),
    );
  };
  return {
    now,
    setTimer(ms, act) {
      const timer: Timer = { at: now() + ms, act };
      timers.add(timer);
      arm(timer);
      return () => {
        clearTimeout(timer.handle);
        timers.delete(timer);
      };
    },
    skip(ms) {
      offset += ms;
      for (const timer of timers) arm(timer);
    },
    stop() {
      for (const { handle } of timers) clearTimeout(handle);
      timers.clear();
    },
  };
}
