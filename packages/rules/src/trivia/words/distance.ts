/** How far two words are apart: letters changed, missing, too many, or swapped with their neighbour. */

/** At most `most` + 1: further apart is not looked at. */
export function distanceUpTo(a: string, b: string, most: number): number {
  const from = [...a];
  const to = [...b];
  if (Math.abs(from.length - to.length) > most) return most + 1;
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = nextRow(from, to, i, row, before);
    before = row;
    row = next;
  }
  return Math.min(row[to.length] ?? 0, most + 1);
}

/** Optimal string alignment: a swapped pair is not taken apart again. */
function nextRow(
  from: readonly string[],
  to: readonly string[],
  i: number,
  above: readonly number[],
  before: readonly number[],
): readonly number[] {
  const next = [i];
  for (let j = 1; j <= to.length; j++) {
    const isSame = from[i - 1] === to[j - 1];
    const isSwapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
    const changed = (above[j - 1] ?? 0) + (isSame ? 0 : 1);
    const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : changed;
    next.push(Math.min((above[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, changed, swapped));
  }
  return next;
}
