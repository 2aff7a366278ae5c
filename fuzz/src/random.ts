/** Dice that a seed gives back: the same run, the same inputs. */

export interface Random {
  u32(): number;
  /** From 0 up to, not including, `n`. */
  below(n: number): number;
  /** True once in `n`. */
  oneIn(n: number): boolean;
  pick<T>(items: readonly T[]): T;
}

/** sfc32 (Doty-Humphrey's small fast counting generator), warmed up. */
export function createRandom(seed: number): Random {
  let [a, b, c, count] = [0x9e3779b9, seed | 0, (seed / 2 ** 32) | 0, 1];
  const u32 = (): number => {
    const sum = (((a + b) | 0) + count) | 0;
    count = (count + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 15; i++) u32();
  const below = (n: number) => Math.floor((u32() / 2 ** 32) * n);
  return {
    u32,
    below,
    oneIn: (n) => below(n) === 0,
    pick<T>(items: readonly T[]): T {
      const item = items[below(items.length)];
      if (items.length === 0) throw new RangeError('pick: nothing to pick from');
      return item as T;
    },
  };
}
