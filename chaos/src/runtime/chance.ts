/**
 * Chance that follows from a seed and a label. Each purpose has a stream of its own, so that leaving one act out of a plan does not change
 * the luck of the others.
 */
import { createHash } from 'node:crypto';

export interface Chance {
  /** In [0, n). */
  below(n: number): number;
  /** In [least, most]. */
  between(least: number, most: number): number;
  /** True once in `n` times. */
  oneIn(n: number): boolean;
  pick<T>(items: readonly T[]): T;
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

export function createChance(seed: number, label: string): Chance {
  const next = stream(seed, label);
  const below = (n: number) => Math.floor((next() / 2 ** 32) * n);
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    oneIn: (n) => below(n) === 0,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('chance: there is nothing to pick from');
      return item;
    },
    bytes: (length) => Uint8Array.from({ length }, () => next() & 0xff),
  };
}

/** sfc32 (Doty-Humphrey, PractRand) over the hash of seed and label. */
function stream(seed: number, label: string): () => number {
  const digest = createHash('sha256').update(`${seed}/${label}`).digest();
  let [a, b, c, d] = [0, 4, 8, 12].map((at) => digest.readInt32LE(at)) as [number, number, number, number];
  return () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
}
