/** After the last question: what the evening was, in numbers that anybody can compute again. */
import { isJudged, isRight } from './judge.ts';
import { firstAnd, standings } from './standings.ts';
import type { Ranked, Reason, Seat, State } from './state.ts';
import type { Award, Summary } from './summary.ts';

export interface OverView {
  readonly reason: Reason;
  readonly asked: number;
  readonly void: number;
  /** At most 100 in order of standing, and me. */
  readonly seats: readonly Summary[];
  readonly awards: readonly Award[];
}

const SHOWN = 100;

export function overView(state: State, me: Seat | undefined): OverView {
  const summaries = summariesOf(state);
  state.derived.awards ??= awardsOf(summaries);
  const all = standings(state).map(({ seat }, place) => ({ seat, summary: summaries[place] }));
  return {
    reason: state.reason ?? 'finished',
    asked: state.questions.filter(({ outcome }) => outcome === 'revealed').length,
    void: state.questions.filter(({ outcome }) => outcome === 'void').length,
    seats: firstAnd(all, SHOWN, me).flatMap(({ summary }) => summary ?? []),
    awards: state.derived.awards,
  };
}

/** In order of standing; worked out once. */
function summariesOf(state: State): readonly Summary[] {
  state.derived.summaries ??= summarise(state, standings(state));
  return state.derived.summaries;
}

function summarise(state: State, ranking: readonly Ranked[]): readonly Summary[] {
  const below = fewerPoints(ranking);
  return ranking.map(({ seat, rank }, place) => {
    const beats = ranking.length < 2 ? null : Math.floor((100 * (below[place] ?? 0)) / (ranking.length - 1));
    return { ...summaryOf(state, seat), rank, beats };
  });
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
    const isHit = question.outcome === 'revealed' && turn && isJudged(question) && isRight(question, turn);
    return isHit ? [turn.elapsedMs] : [];
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
