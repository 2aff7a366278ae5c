/** Who stands where: by points, equal points sharing a rank; among equals who joined first is listed first. */
import type { Ranked, Seat, State } from './state.ts';

/** Kept with the state until points or seats change. */
export function standings(state: State): readonly Ranked[] {
  state.ranking ??= rankSeats(state.seats);
  return state.ranking;
}

/** 1, 2, 2, 4: as many ranks as seats are better, plus one. */
function rankSeats(seats: readonly Seat[]): readonly Ranked[] {
  const before = ranksBy(seats, ({ points, lastPoints }) => points - lastPoints);
  const now = ranksBy(seats, ({ points }) => points);
  return inOrder(seats, ({ points }) => points).map((seat) => ({
    seat,
    rank: now[seat.number] ?? 1,
    rankBefore: before[seat.number] ?? 1,
  }));
}

function ranksBy(seats: readonly Seat[], points: (seat: Seat) => number): readonly number[] {
  const ranks: number[] = seats.map(() => 1);
  let rank = 1;
  let above: Seat | undefined;
  inOrder(seats, points).forEach((seat, place) => {
    if (above && points(above) !== points(seat)) rank = place + 1;
    ranks[seat.number] = rank;
    above = seat;
  });
  return ranks;
}

function inOrder(seats: readonly Seat[], points: (seat: Seat) => number): readonly Seat[] {
  return seats.toSorted((a, b) => points(b) - points(a) || a.number - b.number);
}
