/** The evening in numbers and one headline, from the final view. */
import { m } from '#lib/paraglide/messages.js';
import { formatNumber } from '#lib/ui/numbers.ts';
import type { SeatSummary, TriviaView } from './view.ts';

export interface MySummary {
  readonly rank: number;
  readonly points: number;
  readonly right: number;
  readonly asked: number;
  /** Accuracy, apart from speed. */
  readonly percent: number;
  readonly bestStreak: number;
  readonly typicalMs: number | undefined;
  /** Percent of the other seats with a right answer that took longer for theirs. */
  readonly fasterThan: number | undefined;
}

export function mySummary(view: TriviaView): MySummary | undefined {
  const seat = view.standings.find((standing) => standing.id === view.me);
  if (!seat) return undefined;
  const seats = view.over?.seats ?? [];
  const mine = seats.find((summary) => summary.id === seat.id);
  return {
    rank: seat.rank,
    points: seat.points,
    right: seat.right,
    asked: seat.asked,
    percent: seat.asked === 0 ? 0 : Math.round((100 * seat.right) / seat.asked),
    bestStreak: mine?.bestStreak ?? longestRun(view.history),
    typicalMs: mine?.meanMs ?? undefined,
    fasterThan: fasterThan(mine, seats),
  };
}

/** Rounded down: nobody is told that they beat somebody they did not; undefined where that is nobody. */
export function fasterThan(mine: SeatSummary | undefined, seats: readonly SeatSummary[]): number | undefined {
  const time = mine?.meanMs ?? undefined;
  const others = seats.filter((seat) => seat.id !== mine?.id).flatMap(({ meanMs }) => meanMs ?? []);
  if (time === undefined || others.length === 0) return undefined;
  const share = Math.floor((100 * others.filter((other) => other > time).length) / others.length);
  return share === 0 ? undefined : share;
}

export function longestRun(history: TriviaView['history']): number {
  let best = 0;
  let run = 0;
  for (const outcome of history) {
    run = outcome === 'hit' ? run + 1 : 0;
    best = Math.max(best, run);
  }
  return best;
}

export function headline(view: TriviaView): string {
  const me = view.standings.find((seat) => seat.id === view.me);
  const winners = view.standings.filter((seat) => seat.rank === 1);
  if (!me) return winners.length === 1 ? m.over_winner({ name: winners[0]?.name ?? '' }) : m.over_shared();
  if (me.rank === 1) return winners.length === 1 ? m.over_first() : m.over_first_shared();
  const shared = view.standings.filter((seat) => seat.rank === me.rank).length > 1;
  if (shared || me.points === 0) return m.over_place({ place: me.rank, count: view.standings.length });
  if (me.rank === 2) return m.over_second();
  if (me.rank === 3) return m.over_third();
  return m.over_place({ place: me.rank, count: view.standings.length });
}

/** For a messenger: no picture, one mark a question, and where to check it. */
export function shareText(view: TriviaView): string {
  const mine = mySummary(view);
  if (!mine) return m.played({ count: view.standings.length, title: view.title });
  const marks = view.history.map((outcome) => (outcome === 'hit' ? '●' : '○')).join('');
  const line = m.share_line({
    place: mine.rank,
    count: view.standings.length,
    points: formatNumber(mine.points),
  });
  return `Fairground · ${view.title}\n${marks}\n${line}`;
}
