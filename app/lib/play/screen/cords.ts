/** How many hang on each cord, so that everybody is read from afar as long as it goes. */
export interface CordPlan {
  readonly columns: number;
  readonly rows: number;
}

const PLANS: readonly CordPlan[] = [
  { columns: 5, rows: 2 },
  { columns: 7, rows: 3 },
  { columns: 10, rows: 4 },
];

/** The smallest plan that holds them all; past the largest the last place says how many more. */
export function planCords(seats: number): CordPlan {
  return PLANS.find(({ columns, rows }) => columns * rows >= seats) ?? (PLANS.at(-1) as CordPlan);
}

/** How far a quadratic cord with a sag of one hangs at the middle of a column. */
export function sagAt(column: number, columns: number): number {
  const t = (column + 0.5) / columns;
  return 4 * t * (1 - t);
}
