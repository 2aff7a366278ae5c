/** After the last question: what the evening was, in numbers that anybody can compute again. */
import { isRight } from './scoring.ts';
import { firstAnd, type Ranked, standings } from './standings.ts';
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
  /** At most 100 in order of standing, and me. */
  readonly seats: readonly Summary[];
  readonly awards: readonly Award[];
}

/** What is worked out once: everybody's summary in order of standing. */
export interface Over {
  readonly all: readonly { readonly seat: Seat; readonly summary: Summary }[];
  readonly awards: readonly Award[];
}

const SHOWN = 100;

export function overView(state: State, me: Seat | undefined): OverView {
  state.derived.over ??= summariseAll(state);
  const { all, awards } = state.derived.over;
  return {
    reason: state.reason ?? 'finished',
    asked: state.questions.filter(({ outcome }) => outcome === 'revealed').length,
    void: state.questions.filter(({ outcome }) => outcome === 'void').length,
    seats: firstAnd(all, SHOWN, me).map(({ summary }) => summary),
    awards,
  };
}

function summariseAll(state: State): Over {
  const ranking = standings(state);
  const below = fewerPoints(ranking);
  const all = ranking.map(({ seat, rank }, place) => {
    const beats = ranking.length < 2 ? null : Math.floor((100 * (below[place] ?? 0)) / (ranking.length - 1));
    return { seat, summary: { ...summaryOf(state, seat), rank, beats } };
  });
  return { all, awards: awardsOf(all.map(({ summary }) => summary)) };
}

/** By place: how many stand below with fewer points. */
function fewerPoints(ranking: readonly Ranked[]): readonly number[] {
  const counts: number[] = [];
  for (let place = ranking.length - 1; place >= 0; place--) {
    const isTied = ranking[place]?.rank === ranking[place + 1]?.rank;
    counts[place] = isTied ? (counts[place + 1] ?? 0) : ranking.length - 1 - place;
  }
  return counts;
}

function summaryOf(state: State, seat: Seat): Omit<Summary, 'rank' | 'beats'> {
  const { id, name, points, right, asked, bestStreak } = seat;
  const times = hitTimes(state, seat);
  return {
    id,
    name,
    points,
    right,
    asked,
    answered: seat.turns.filter((turn) => turn && turn.entry !== -1).length,
    bestStreak,
    meanMs: times.length === 0 ? null : Math.floor(times.reduce((sum, ms) => sum + ms, 0) / times.length),
    fastestMs: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
  };
}

function hitTimes({ questions }: State, seat: Seat): readonly number[] {
  return questions.flatMap((question, index) => {
    const turn = seat.turns[index];
    return question.outcome === 'revealed' && turn && isRight(question, turn) ? [turn.elapsedMs] : [];
  });
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
