/** Judging costs time: a burst is taken in slices, between which commits begin and the process does what else it has to. */
type Act<Args extends readonly unknown[]> = (...args: Args) => void;

const sliceMs = 10;

/** Calls `act` in the order of the calls; at once while the turn's slice lasts, else in a later turn of the event loop. */
export function inSlices<Args extends readonly unknown[]>(act: Act<Args>): Act<Args> {
  let waiting: Args[] = [];
  let at = 0;
  let until: number | undefined;

  function drain(): void {
    if (until === undefined) {
      until = performance.now() + sliceMs;
      setImmediate(nextSlice);
    }
    while (at < waiting.length && performance.now() < until) {
      const args = waiting[at++];
      if (args) act(...args);
    }
    if (at < waiting.length) return;
    waiting = [];
    at = 0;
  }

  function nextSlice(): void {
    until = undefined;
    if (waiting.length > 0) drain();
  }

  return (...args) => {
    waiting.push(args);
    drain();
  };
}
