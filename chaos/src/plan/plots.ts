/** Acts that only together bring about what chance alone hardly ever does. */
import { createChance } from '../runtime/chance.ts';
import type { Act, Plan } from './act.ts';

/** By chances of their own: what else a seed does is the same with and without them. */
export function rarePlots(plan: Pick<Plan, 'seed' | 'game' | 'peers'>, actsMs: number): readonly Act[] {
  return [...oldCopies(plan, actsMs), ...turnedBack(plan.seed, actsMs), ...longWay(plan, actsMs)];
}

function oldCopies(
  { seed, game, peers }: Pick<Plan, 'seed' | 'game' | 'peers'>,
  actsMs: number,
): readonly Act[] {
  const chance = createChance(seed, 'plots');
  const at = 6000 + chance.below(actsMs - 20_000);
  if (game === 'tally' && chance.oneIn(3)) return overlap(at, chance.below(peers), peers);
  const downMs = chance.pick([1, 800, 5000]);
  return chance.oneIn(3)
    ? [{ at, deed: { do: 'old everything', agoMs: chance.between(500, 6000), downMs } }]
    : [];
}

/** The authority starts anew, then its clock and its data folder are those of before that start: its next start seems the older one. */
function turnedBack(seed: number, actsMs: number): readonly Act[] {
  const chance = createChance(seed, 'turned back');
  const at = 6000 + chance.below(actsMs - 20_000);
  if (!chance.oneIn(12)) return [];
  return [
    { at, deed: { do: 'kill', who: 'authority', how: 'kill', downMs: 1 } },
    { at: at + 1500, deed: { do: 'skew', who: 'authority', ms: -3_600_000 } },
    {
      at: at + 1501,
      deed: { do: 'restore', who: 'authority', agoMs: chance.between(2000, 5000), downMs: 50 },
    },
  ];
}

/**
 * One goes away before anything is said and comes back when the others have said so much that it begins at a snapshot; that may be bent on
 * the way to it.
 */
function longWay(
  { seed, game, peers }: Pick<Plan, 'seed' | 'game' | 'peers'>,
  actsMs: number,
): readonly Act[] {
  const chance = createChance(seed, 'home');
  if (game !== 'tally' || !chance.oneIn(16)) return [];
  const reader = chance.between(1, peers - 1);
  const others = Array.from({ length: peers - 1 }, (_, i) => (reader + 1 + i) % peers);
  const say = Array.from({ length: 24 }, (_, i): Act => ({
    at: 3_500 + i * 1_000,
    deed: { do: 'add many', peer: others[i % others.length] ?? 0, count: 4 },
  }));
  const spoils: Act = { at: actsMs - 1, deed: { do: 'spoil snapshots', peer: reader } };
  return [
    { at: 1_500, deed: { do: 'stay away', peer: reader } },
    ...say,
    ...(chance.oneIn(2) ? [spoils] : []),
  ];
}

/**
 * Relay and authority lose what a reader who is away has seen and more: the others bring it back as one batch, so that the reader comes
 * back to a tail that was cut anew around the place where its own log ends.
 */
function overlap(at: number, reader: number, peers: number): readonly Act[] {
  const others = Array.from({ length: peers - 1 }, (_, i) => (reader + 1 + i) % peers);
  const add = (after: number, i: number): Act => ({
    at: at + after,
    deed: { do: 'add', peer: others[i % others.length] ?? 0 },
  });
  return [
    ...[-1600, -1200, -800].map(add),
    { at, deed: { do: 'reload', peer: reader, downMs: 9000 } },
    ...[300, 700, 1100].map(add),
    { at: at + 2000, deed: { do: 'restore', who: 'relay', agoMs: 4000, downMs: 1 } },
    { at: at + 2001, deed: { do: 'restore', who: 'authority', agoMs: 4000, downMs: 50 } },
  ];
}
