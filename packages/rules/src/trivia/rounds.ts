/** What a question is worth: by its place in the match, its own settings, and those of the match. */
import type { Config } from './config.ts';
import { kindOf } from './kinds.ts';
import type { Question, State } from './state.ts';

export type RoundKind = 'plain' | 'practice' | 'lightning' | 'wager';

/** What points are worked out from. */
export interface Worth {
  readonly maxPoints: number;
  readonly minPoints: number;
  readonly windowMs: number;
  readonly streak: boolean;
}

type Match = Pick<State, 'config' | 'questions'>;

/** The first is for practice, the last for what is staked on it, those before that are quick ones. */
export function roundOf({ config, questions }: Match, index: number): RoundKind {
  const { practice = false, wager = false, lightning = 0 } = config;
  if (practice && index === 0) return 'practice';
  const last = questions.length - 1;
  if (wager && index === last) return 'wager';
  const end = wager ? last : questions.length;
  return index >= end - lightning ? 'lightning' : 'plain';
}

/** How long a question is open: half as long in a lightning round, rounded down. */
export function windowOf(match: Match, index: number): number {
  const own = match.questions[index]?.ask?.windowMs ?? match.config.windowMs;
  return roundOf(match, index) === 'lightning' ? Math.floor(own / 2) : own;
}

/** Its own most points keep the match's ratio of most and least, rounded down; a lightning round is worth double, practice nothing. */
export function worthOf(match: Match, index: number): Worth {
  const round = roundOf(match, index);
  const times = round === 'practice' ? 0 : round === 'lightning' ? 2 : 1;
  const { maxPoints, minPoints } = pointsOf(match.config, match.questions[index]);
  return {
    maxPoints: times * maxPoints,
    minPoints: times * minPoints,
    windowMs: windowOf(match, index),
    streak: match.config.streak,
  };
}

function pointsOf(config: Config, question: Question | undefined): Pick<Worth, 'maxPoints' | 'minPoints'> {
  const { maxPoints, minPoints } = config;
  const own = question?.ask?.points;
  if (own === undefined) return { maxPoints, minPoints };
  const least = maxPoints === 0 ? own : Math.floor((own * minPoints) / maxPoints);
  return { maxPoints: own, minPoints: least };
}

/** The last question can be won or lost only if something is right. */
export function canBeStakedOn(kind: string): boolean {
  const known = kindOf({ kind });
  return known !== 'poll' && known !== 'number';
}
