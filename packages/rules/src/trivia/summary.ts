/** What is said of a seat when the match is over. */

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

export interface TeamScore {
  readonly team: number;
  readonly points: number;
  readonly rank: number;
  /** How many of it are here. */
  readonly seats: number;
}
