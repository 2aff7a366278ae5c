/** What a lobby may set. */
import { z } from 'zod';
import { textUpTo } from '../schema.ts';
import { KINDS } from './kinds.ts';

const slug = z
  .string()
  .max(40)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/u);

const settings = {
  title: textUpTo(60),
  topics: z.array(slug).min(1).max(8),
  /** BCP 47 as far as trivia needs it. */
  language: z
    .string()
    .max(35)
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u),
  questions: z.int().min(1).max(50),
  windowMs: z.int().min(5_000).max(120_000),
  /** How long after the window an answer that was under way still counts. */
  graceMs: z.int().min(0).max(5_000),
  revealMs: z.int().min(2_000).max(60_000),
  maxPoints: z.int().min(0).max(10_000),
  minPoints: z.int().min(0).max(10_000),
  streak: z.boolean(),
  /** The most of a measured round trip that is taken off an answer's time. */
  compensationMs: z.int().min(0).max(500),
  seats: z.int().min(1).max(10_000),
  /** How long the game-over page may still vote. */
  afterMs: z.int().min(0).max(86_400_000),
} as const;

/** Settings that came later: a config without one plays as before there was it, so that what was played stays replayable. */
const later = {
  /** What may be asked; choice and boolean. */
  kinds: z.array(z.enum(KINDS)).min(1).max(KINDS.length),
  /** Whether the next question comes by itself; it does. */
  advance: z.enum(['auto', 'host']),
  /** How long the reveal waits for a seat whose device is not heard; not at all. */
  waitMs: z.int().min(0).max(15_000),
  /** How long a host that is asked for has to be heard before it is host no more; for ever at 0. */
  claimMs: z.int().min(0).max(120_000),
  /** What somebody begins with who joins after the first result; nothing. */
  lateStart: z.enum(['zero', 'lowest']),
  /** None at 0. */
  teams: z
    .int()
    .min(0)
    .max(6)
    .refine((count) => count !== 1, 'one team is none'),
  teamsBy: z.enum(['choice', 'dice']),
  /** A question before the others that is worth nothing. */
  practice: z.boolean(),
  /** So many questions at the end have half the time and are worth double. */
  lightning: z.int().min(0).max(20),
  /** The last question is worth what each seat stakes on it. */
  wager: z.boolean(),
} as const;

export const Config = z
  .strictObject({
    title: settings.title.default(''),
    topics: settings.topics,
    language: settings.language.default('en'),
    questions: settings.questions.default(10),
    windowMs: settings.windowMs.default(20_000),
    graceMs: settings.graceMs.default(1_000),
    revealMs: settings.revealMs.default(6_000),
    maxPoints: settings.maxPoints.default(1_000),
    minPoints: settings.minPoints.default(500),
    streak: settings.streak.default(true),
    compensationMs: settings.compensationMs.default(150),
    seats: settings.seats.default(50),
    afterMs: settings.afterMs.default(600_000),
    kinds: later.kinds.exactOptional(),
    advance: later.advance.exactOptional(),
    waitMs: later.waitMs.exactOptional(),
    claimMs: later.claimMs.exactOptional(),
    lateStart: later.lateStart.exactOptional(),
    teams: later.teams.exactOptional(),
    teamsBy: later.teamsBy.exactOptional(),
    practice: later.practice.exactOptional(),
    lightning: later.lightning.exactOptional(),
    wager: later.wager.exactOptional(),
  })
  .refine(hasOrderedPoints, 'minPoints is above maxPoints')
  .refine(hasDistinctTopics, 'a topic twice')
  .refine(hasDistinctKinds, 'a kind twice');
export type Config = z.infer<typeof Config>;

/** Some of the settings; whether they fit the others is checked by the rules. */
export const ConfigChange = z.strictObject({ ...settings, ...later }).partial();
export type ConfigChange = z.infer<typeof ConfigChange>;

/** What a change makes of a config; undefined if the two do not fit. */
export function changeConfig(config: Config, change: ConfigChange): Config | undefined {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const changed: Config = { ...config, ...Object.fromEntries(given) };
  const fits = hasOrderedPoints(changed) && hasDistinctTopics(changed) && hasDistinctKinds(changed);
  return fits ? changed : undefined;
}

function hasOrderedPoints({ minPoints, maxPoints }: { minPoints: number; maxPoints: number }): boolean {
  return minPoints <= maxPoints;
}

function hasDistinctTopics({ topics }: { topics: readonly string[] }): boolean {
  return new Set(topics).size === topics.length;
}

function hasDistinctKinds({ kinds = [] }: { kinds?: readonly string[] }): boolean {
  return new Set(kinds).size === kinds.length;
}

/** How many questions a match begins with. */
export function questionCount({ questions, practice = false }: Config): number {
  return questions + (practice ? 1 : 0);
}
