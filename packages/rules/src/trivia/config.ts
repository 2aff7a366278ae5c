/** What a lobby may set. */
import { z } from 'zod';
import { textUpTo } from '../schema.ts';

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
  })
  .refine(hasOrderedPoints, 'minPoints is above maxPoints')
  .refine(hasDistinctTopics, 'a topic twice');
export type Config = z.infer<typeof Config>;

/** Some of the settings; whether they fit the others is checked by the rules. */
export const ConfigChange = z.strictObject(settings).partial();
export type ConfigChange = z.infer<typeof ConfigChange>;

/** What a change makes of a config; undefined if the two do not fit. */
export function changeConfig(config: Config, change: ConfigChange): Config | undefined {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const changed: Config = { ...config, ...Object.fromEntries(given) };
  return hasOrderedPoints(changed) && hasDistinctTopics(changed) ? changed : undefined;
}

function hasOrderedPoints({ minPoints, maxPoints }: { minPoints: number; maxPoints: number }): boolean {
  return minPoints <= maxPoints;
}

function hasDistinctTopics({ topics }: { topics: readonly string[] }): boolean {
  return new Set(topics).size === topics.length;
}
