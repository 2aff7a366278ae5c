/** Measured round trips by key: the least of the last eight, so that holding an answer back gains nothing. */
export interface RoundTrips {
  record(key: string, ms: number): void;
  /** Whole milliseconds; undefined when nothing was measured. */
  least(key: string): number | undefined;
}

const kept = 8;
const mostKeys = 20_000;

export function createRoundTrips(): RoundTrips {
  const trips = new Map<string, readonly number[]>();
  return {
    record(key, ms) {
      const last = [...(trips.get(key) ?? []), Math.max(0, Math.round(ms))].slice(-kept);
      trips.delete(key);
      trips.set(key, last);
      const [oldest] = trips.keys();
      if (trips.size > mostKeys && oldest !== undefined) trips.delete(oldest);
    },
    least(key) {
      const last = trips.get(key);
      return last && Math.min(...last);
    },
  };
}
