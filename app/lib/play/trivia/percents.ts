/** Whole percents of a crowd that add up to a hundred: what rounding down leaves goes to the largest rests, the first of equal ones first. */
export function percentsOf(counts: readonly number[]): readonly number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return counts.map(() => 0);
  const floors = counts.map((count) => Math.floor((100 * count) / all));
  const left = 100 - floors.reduce((sum, floor) => sum + floor, 0);
  const byRest = counts
    .map((count, index) => ({ index, rest: (100 * count) % all }))
    .toSorted((a, b) => b.rest - a.rest || a.index - b.index);
  const lifted = new Set(byRest.slice(0, left).map(({ index }) => index));
  return floors.map((floor, index) => floor + (lifted.has(index) ? 1 : 0));
}
