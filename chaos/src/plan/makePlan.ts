/** A plan that follows from its seed. */
import { rarePlots } from './plots.ts';
import type { DiskMishap } from '../disk/journal.ts';
import type { Mishap } from '../network/simFetch.ts';
import { type Chance, createChance } from '../runtime/chance.ts';
import type { Act, Deed, Plan, Who } from './act.ts';

/** Acts are done in the first so many ms; then everything is healed. */
export const actsMs = 40_000;

export function makePlan(seed: number): Plan {
  const chance = createChance(seed, 'plan');
  const game = chance.pick(['tally', 'tally', 'tally', 'trivia', 'nim'] as const);
  const peers = chance.between(2, game === 'tally' ? 4 : 3);
  const faults = chance.between(4, 16);
  const says = game === 'tally' ? chance.between(8, 30) : 3;
  const deeds = [
    ...Array.from({ length: says }, () => sayDeed(chance, game, peers)),
    ...Array.from({ length: faults }, () => faultDeed(chance, peers)),
  ];
  const acts = deeds.map((deed): Act => ({ at: moment(chance), deed }));
  acts.push(...fullDevices(seed, game, peers), ...rarePlots({ seed, game, peers }, actsMs));
  return {
    ...{ seed, game, peers },
    visibility: chance.pick(['listed', 'listed', 'unlisted', 'private'] as const),
    acts: acts.toSorted((a, b) => a.at - b.at),
  };
}

/** By chance of their own: what else a seed does is the same with and without them. */
function fullDevices(seed: number, game: Plan['game'], peers: number): readonly Act[] {
  const chance = createChance(seed, 'devices');
  const count = game === 'tally' ? chance.below(3) : 0;
  return Array.from({ length: count }, () => ({
    at: moment(chance),
    deed: { do: 'full device', peer: chance.below(peers) },
  }));
}

/** In bursts: what comes together is what goes wrong together. */
function moment(chance: Chance): number {
  const burst = chance.below(8);
  return chance.oneIn(3) ? chance.below(actsMs) : 1500 + burst * 4500 + chance.below(700);
}

function sayDeed(chance: Chance, game: Plan['game'], peers: number): Deed {
  return { do: game === 'tally' && !chance.oneIn(6) ? 'add' : 'chat', peer: chance.below(peers) };
}

function faultDeed(chance: Chance, peers: number): Deed {
  const line = chance.below(peers + 1);
  const peer = chance.below(peers);
  const downMs = chance.pick([1, 50, 800, 5000, 9000]);
  const who: Who = chance.pick(['authority', 'authority', 'relay', peer]);
  const make: readonly (() => Deed)[] = [
    () => ({ do: 'cut', line, how: chance.pick(['heard', 'heard', 'mute']) }),
    () => ({ do: 'stall', line, ms: chance.pick([300, 2000, 8000]) }),
    () => ({ do: 'slow', line, most: chance.pick([200, 900, 3000]), ms: chance.pick([2000, 10_000]) }),
    () => ({ do: 'request', peer, mishap: mishap(chance) }),
    () => ({ do: 'request', peer, mishap: mishap(chance) }),
    () => ({ do: 'disk', of: chance.pick(['log', 'log', 'lock', 'relay']), mishap: diskMishap(chance) }),
    () => ({ do: 'disk', of: chance.pick(['log', 'log', 'lock', 'relay']), mishap: diskMishap(chance) }),
    () => ({ do: 'kill', who: 'authority', how: chance.pick(['kill', 'power']), downMs }),
    () => ({ do: 'kill', who: 'authority', how: chance.pick(['kill', 'power']), downMs }),
    () => ({ do: 'kill', who: 'relay', downMs }),
    () => ({ do: 'reload', peer, downMs: chance.pick([1, 500, 4000]) }),
    () => ({ do: 'stop', who: chance.pick(['authority', 'relay']), downMs }),
    () => ({
      do: 'restore',
      who: chance.pick(['authority', 'relay']),
      agoMs: chance.between(500, 15_000),
      downMs,
    }),
    () => ({ do: 'old lock', agoMs: chance.between(500, 15_000), downMs }),
    () => ({ do: 'sleep', who, ms: chance.pick([100, 3000, 20_000]) }),
    () => ({ do: 'skew', who, ms: chance.pick(skews) }),
    () => ({ do: 'skew', who: 'authority', ms: chance.pick(skews) }),
  ];
  return chance.pick(make)();
}

const skews = [-60_000, -3000, -40, 40, 3000, 60_000];

function mishap(chance: Chance): Mishap {
  return chance.pick<Mishap>([
    { kind: 'request lost' },
    { kind: 'answer lost' },
    { kind: 'twice', ms: chance.pick([5, 300, 6000]) },
    { kind: 'late', ms: chance.pick([100, 2500, 9000]) },
  ]);
}

function diskMishap(chance: Chance): DiskMishap {
  return chance.pick<DiskMishap>(['fails', 'lies', 'drags']);
}
