/** Cards of unlike height in columns: each goes where there is least so far, so that the first ones stand at the top. */
export function masonry<T>(
  items: readonly T[],
  columns: number,
  height: (item: T) => number,
): readonly (readonly T[])[] {
  const piles = Array.from({ length: Math.max(1, columns) }, () => ({ items: [] as T[], height: 0 }));
  for (const item of items) {
    const lowest = piles.reduce((low, pile) => (pile.height < low.height ? pile : low));
    lowest.items.push(item);
    lowest.height += height(item);
  }
  return piles.map((pile) => pile.items);
}
