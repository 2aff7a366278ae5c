export interface ClockOffset {
  /** `at`: the entry's time; `arrived`: this device's. */
  sample(at: number, arrived: number): void;
  readonly ms: number;
}

/**
 * How far the authority's clock is ahead of this device's, in ms. An entry arrives after it was stamped, so each
 * live entry gives a lower bound; the largest of the last few is the one with the least delay in it.
 */
export function createClockOffset(initial = 0): ClockOffset {
  const samples: number[] = [];
  return {
    sample(at, arrived) {
      samples.push(at - arrived);
      if (samples.length > 16) samples.shift();
    },
    get ms() {
      return samples.length > 0 ? Math.max(...samples) : initial;
    },
  };
}
