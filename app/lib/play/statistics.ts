/** Matches that were played to their end on this device, one row each: kept here alone, and told to nobody. */
export interface PlayedMatch {
  readonly world: string;
  readonly rank: number;
  readonly players: number;
  readonly right: number;
  readonly asked: number;
  readonly bestStreak: number;
  readonly fastestMs: number | null;
}

export interface Statistics {
  readonly matches: number;
  readonly wins: number;
  /** Of all questions that were asked. */
  readonly percent: number;
  readonly bestStreak: number;
  readonly fastestMs: number | undefined;
}

const KEY = 'fairground.played';
const MOST = 500;

export function playedMatches(): readonly PlayedMatch[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isPlayed) : [];
  } catch {
    return [];
  }
}

/** A match counts once, however often its end is looked at. */
export function notePlayed(match: PlayedMatch): void {
  const others = playedMatches().filter(({ world }) => world !== match.world);
  try {
    localStorage.setItem(KEY, JSON.stringify([match, ...others].slice(0, MOST)));
  } catch {
    // a browser that forbids storage has no statistics
  }
}

/** A win alone is none. */
export function statisticsOf(matches: readonly PlayedMatch[]): Statistics {
  const asked = sum(matches.map((match) => match.asked));
  const times = matches.flatMap(({ fastestMs }) => fastestMs ?? []);
  return {
    matches: matches.length,
    wins: matches.filter(({ rank, players }) => rank === 1 && players > 1).length,
    percent: asked === 0 ? 0 : Math.floor((100 * sum(matches.map(({ right }) => right))) / asked),
    bestStreak: Math.max(0, ...matches.map(({ bestStreak }) => bestStreak)),
    fastestMs: times.length === 0 ? undefined : Math.min(...times),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function isPlayed(value: unknown): value is PlayedMatch {
  if (typeof value !== 'object' || value === null) return false;
  const { world, fastestMs, ...numbers } = value as Record<string, unknown>;
  const isCount = (name: string) => Number.isSafeInteger(numbers[name]) && (numbers[name] as number) >= 0;
  return (
    typeof world === 'string' &&
    (fastestMs === null || typeof fastestMs === 'number') &&
    ['rank', 'players', 'right', 'asked', 'bestStreak'].every(isCount)
  );
}
