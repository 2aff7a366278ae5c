import { createSeed } from '@fairground/cli';
import { expect, it } from 'vitest';
import { playSeason, type SeasonPlan } from './season.ts';

/** A small one; `pnpm kill-loop` plays the long ones. */
const plan = {
  ...{ players: 4, tables: 1, questions: 1, patienceMs: 120_000 },
  seed: createSeed(11),
  tell: () => {},
} satisfies Partial<SeasonPlan>;

it('[K1] [K2] [K3] the authority and the relay are killed under players: what was receipted is there, nothing forks, fsck is clean, the matches end', async () => {
  const season = await playSeason({ ...plan, layout: 'apart', victims: ['authority', 'relay'] });
  expect(season.faults).toEqual([]);
  expect(season.kills.map(({ victim }) => victim)).toEqual(['authority', 'relay']);
  expect(season.matches).toBeGreaterThanOrEqual(1);
  // Each of four joins, gets ready, throws dice and answers; whose reply a kill took is settled by the log, without a receipt.
  expect(season.receipts).toBeGreaterThanOrEqual(4 * 2);
  expect(season.checkpoints).toBeGreaterThan(2);
}, 240_000);

it('[K1] [K2] [K3] the same holds when both fall at once, as one process', async () => {
  const season = await playSeason({ ...plan, layout: 'together', victims: ['both'] });
  expect(season.faults).toEqual([]);
  expect(season.receipts).toBeGreaterThanOrEqual(4 * 2);
}, 240_000);

it('[K7] whoever is asked to end by SIGTERM ends with 0, and what was under way is receipted or kept', async () => {
  const season = await playSeason({
    ...plan,
    layout: 'apart',
    victims: ['authority', 'relay'],
    signal: 'SIGTERM',
  });
  expect(season.faults).toEqual([]);
  expect(season.matches).toBeGreaterThanOrEqual(1);
  expect(season.receipts).toBeGreaterThanOrEqual(4 * 2);
}, 240_000);
