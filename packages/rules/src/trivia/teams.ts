/**
 * Teams. A team has, for each question, the mean of those of it who were asked, rounded down: neither its size nor who came late or has
 * left gives or takes anything.
 */
import { shuffled } from '@fairground/ledger';
import { tally } from './scoring.ts';
import type { Seat, State } from './state.ts';
import type { TeamScore } from './summary.ts';

export function teamCount({ config }: Pick<State, 'config'>): number {
  return config.teams ?? 0;
}

/** Once the dice are cast: all by them, or those who have chosen none. */
export function drawTeams(state: State): void {
  const count = teamCount(state);
  if (count === 0 || !state.draw?.seed) return;
  const present = state.seats.filter((seat) => seat.present);
  if (state.config.teamsBy === 'dice') {
    shuffled(state.draw.seed, 'teams', present.length).forEach((at, place) => {
      const seat = present[at];
      if (seat) seat.team = place % count;
    });
    return;
  }
  for (const seat of present) if (!isTeam(seat.team, count)) delete seat.team;
  for (const seat of present) seat.team ??= smallestTeam(state);
}

/** For who comes later. */
export function joinSmallest(state: State, seat: Seat): void {
  if (teamCount(state) > 0 && state.draw?.seed && seat.team === undefined) seat.team = smallestTeam(state);
}

function isTeam(team: number | undefined, count: number): boolean {
  return team !== undefined && team < count;
}

/** Of equal ones the first. */
function smallestTeam(state: State): number {
  const sizes = Array.from({ length: teamCount(state) }, () => 0);
  for (const { team, present } of state.seats)
    if (present && team !== undefined && team < sizes.length) sizes[team] = (sizes[team] ?? 0) + 1;
  return sizes.indexOf(sizes.reduce((a, b) => Math.min(a, b)));
}

/** Best first; empty without teams. Kept with the state until points or seats change. */
export function teamScores(state: State): readonly TeamScore[] {
  state.derived.teams ??= scoreTeams(state);
  return state.derived.teams;
}

function scoreTeams(state: State): readonly TeamScore[] {
  const count = teamCount(state);
  const totals = Array.from({ length: count }, (_, team) => totalOf(state, team));
  const ranked = totals.map((total) => ({
    ...total,
    rank: 1 + totals.filter(({ points }) => points > total.points).length,
  }));
  return ranked.sort((a, b) => a.rank - b.rank || a.team - b.team);
}

function totalOf(state: State, team: number): Omit<TeamScore, 'rank'> {
  const members = state.seats.filter((seat) => seat.team === team);
  const sums: number[] = state.questions.map(() => 0);
  const asked: number[] = state.questions.map(() => 0);
  for (const seat of members)
    tally(state, { ...seat }, (index, points) => {
      asked[index] = (asked[index] ?? 0) + 1;
      sums[index] = (sums[index] ?? 0) + (points ? points.base + points.streakBonus : 0);
    });
  const means = sums.map((sum, index) => (asked[index] ? Math.floor(sum / asked[index]) : 0));
  const points = means.reduce((a, b) => a + b, 0);
  return { team, points: Math.max(0, points), seats: members.filter(({ present }) => present).length };
}
