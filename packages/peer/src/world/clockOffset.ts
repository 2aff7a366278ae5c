export interface ClockOffset {
  /** `at`: the entry's time; `arrived`: this device's. */
  sample(at: number, arrived: number): void;
  /** Holds until the first sample. */
  guess(ms: number): void;
  readonly isSampled: boolean;
  readonly ms: number;
}

/**
 * How far the authority's clock is ahead of this device's, in ms. An entry arrives after it was stamped, so each
 * live entry gives a lower bound; the largest of the last few is the one with the least delay in it.
 */
export function createClockOffset(): ClockOffset {
  const samples: number[] = [];
  let guessed = 0;
  return {
    sample(at, arrived) {
      samples.push(at - arrived);
      if (samples.length > 16) samples.shift();
    },
    guess(ms) {
      guessed = ms;
    },
    get isSampled() {
      return samples.length > 0;
    },
    get ms() {
      return samples.length > 0 ? Math.max(...samples) : guessed;
    },
  };
}
