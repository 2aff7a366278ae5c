/** After the last question: what the evening was, in numbers that anybody can compute again. */
import { standings } from './standings.ts';
import { isRight } from './scoring.ts';
import type { Reason, Seat, State } from './state.ts';

export interface Summary {
  readonly id: string;
  readonly name: string;
  readonly rank: number;
  readonly points: number;
  readonly right: number;
  readonly asked: number;
  readonly answered: number;
  readonly bestStreak: number;
  /** Mean and least time of right answers; null without one. */
  readonly meanMs: number | null;
  readonly fastestMs: number | null;
  /** Of the other seats, how many in a hundred have fewer points, rounded down; null when alone. */
  readonly beats: number | null;
}

export interface Award {
  readonly kind: 'winner' | 'quickest' | 'sharpest' | 'streak';
  /** Everybody who shares it, in order of standing. */
  readonly ids: readonly string[];
  /** Points, ms, hundredths of a per cent right, hits in a row. */
  readonly value: number;
}

export interface OverView {
  readonly reason: Reason;
  readonly asked: number;
  readonly void: number;
  readonly seats: readonly Summary[];
  readonly awards: readonly Award[];
}

const SHOWN = 100;

export function overView(state: State): OverView {
  const all = standings(state).map(({ seat, rank }) => ({ seat, summary: summaryOf(state, seat, rank) }));
  return {
    reason: state.reason ?? 'finished',
    asked: state.questions.filter(({ outcome }) => outcome === 'revealed').length,
    void: state.questions.filter(({ outcome }) => outcome === 'void').length,
    seats: all.slice(0, SHOWN).map(({ summary }) => summary),
    awards: awardsOf(all.map(({ summary }) => summary)),
  };
}

function summaryOf(state: State, seat: Seat, rank: number): Summary {
  const { id, name, points, right, asked, bestStreak } = seat;
  const times = hitTimes(state, seat);
  const total = times.reduce((sum, ms) => sum + ms, 0);
  return {
    id,
    name,
    rank,
    points,
    right,
    asked,
    answered: seat.turns.filter((turn) => turn && turn.entry !== -1).length,
    bestStreak,
    meanMs: times.length === 0 ? null : Math.floor(total / times.length),
    fastestMs: times.length === 0 ? null : Math.min(...times),
    beats: beatenShare(state, points),
  };
}

function hitTimes({ questions }: State, seat: Seat): readonly number[] {
  return questions.flatMap((question, index) => {
    const turn = seat.turns[index];
    return question.outcome === 'revealed' && turn && isRight(question, turn) ? [turn.elapsedMs] : [];
  });
}

function beatenShare({ seats }: State, points: number): number | null {
  const others = seats.length - 1;
  if (others === 0) return null;
  return Math.floor((100 * seats.filter((seat) => seat.points < points).length) / others);
}

function awardsOf(all: readonly Summary[]): readonly Award[] {
  return [
    best('winner', all, ({ points }) => (points > 0 ? points : null)),
    best('quickest', all, ({ fastestMs }) => (fastestMs === null ? null : -fastestMs)),
    best('sharpest', all, ({ right, asked }) => (right > 0 ? Math.floor((10_000 * right) / asked) : null)),
    best('streak', all, ({ bestStreak }) => (bestStreak > 1 ? bestStreak : null)),
  ].flatMap((award) => award ?? []);
}

/** Whoever has the most; nobody where nobody qualifies. */
function best(
  kind: Award['kind'],
  all: readonly Summary[],
  score: (summary: Summary) => number | null,
): Award | undefined {
  const scores = all.flatMap((summary) => score(summary) ?? []);
  if (scores.length === 0) return undefined;
  const most = scores.reduce((a, b) => Math.max(a, b));
  return { kind, ids: all.filter((one) => score(one) === most).map(({ id }) => id), value: Math.abs(most) };
}
