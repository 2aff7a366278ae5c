/** Who stands where: by points, equal points sharing a rank; among equals who joined first is listed first. */
import type { Ranked, Seat, State } from './state.ts';

/** Kept with the state until points or seats change. Who left before being asked anything is not listed. */
export function standings(state: State): readonly Ranked[] {
  state.derived.ranking ??= rankSeats(
    state.seats.filter(({ present, turns }) => present || turns.length > 0),
  );
  return state.derived.ranking;
}

/** The first `count`, and this seat if it is not among them. */
export function firstAnd<T extends { readonly seat: Seat }>(
  all: readonly T[],
  count: number,
  me: Seat | undefined,
): readonly T[] {
  const shown = all.slice(0, count);
  if (!me || all.length <= count || shown.some(({ seat }) => seat === me)) return shown;
  return [...shown, ...all.filter(({ seat }) => seat === me)];
}

function rankSeats(seats: readonly Seat[]): readonly Ranked[] {
  const before = ranksBy(seats, ({ points, lastPoints }) => points - lastPoints);
  const now = ranksBy(seats, ({ points }) => points);
  return inOrder(seats, ({ points }) => points).map((seat) => ({
    seat,
    rank: now.get(seat.number) ?? 1,
    rankBefore: before.get(seat.number) ?? 1,
  }));
}

/** 1, 2, 2, 4: one more than there are seats that are better; by seat number. */
function ranksBy(seats: readonly Seat[], points: (seat: Seat) => number): ReadonlyMap<number, number> {
  const ranks = new Map<number, number>();
  let rank = 1;
  let above: Seat | undefined;
  inOrder(seats, points).forEach((seat, place) => {
    if (above && points(above) !== points(seat)) rank = place + 1;
    ranks.set(seat.number, rank);
    above = seat;
  });
  return ranks;
}

function inOrder(seats: readonly Seat[], points: (seat: Seat) => number): readonly Seat[] {
  return seats.toSorted((a, b) => points(b) - points(a) || a.number - b.number);
}
