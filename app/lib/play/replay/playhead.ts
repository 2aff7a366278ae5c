/** Where a replay stands that is played at some speed: time as it passed then, without the long silences. */
export interface Playhead {
  /** Ms from the first entry, silences shortened. */
  positionOf(index: number): number;
  /** The newest entry at that position. */
  entryAt(position: number): number;
  readonly length: number;
}

/** Nobody watches longer than that while nothing happens, ms. */
const SILENCE = 4000;

export function createPlayhead(times: readonly number[]): Playhead {
  const positions: number[] = [];
  times.forEach((at, index) => {
    const gap = Math.min(SILENCE, Math.max(0, at - (times[index - 1] ?? at)));
    positions.push((positions[index - 1] ?? 0) + gap);
  });
  return {
    length: positions.at(-1) ?? 0,
    positionOf: (index) => positions[Math.max(0, Math.min(positions.length - 1, index))] ?? 0,
    entryAt(position) {
      // The newest that is not after it: several entries may stand at one moment.
      let [low, high] = [0, positions.length - 1];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((positions[middle] ?? 0) <= position) low = middle;
        else high = middle - 1;
      }
      return Math.max(0, low);
    },
  };
}
