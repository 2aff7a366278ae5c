/** P11: how soon somebody who knows nothing of a long world sees it as its authority has signed it, begun at its newest snapshot or read from its first entry. */
import { createSeed } from '@fairground/cli';
import { createMemoryStorage, createPeer, type Joined, seedIdentity, until } from '@fairground/peer';
import { openHouse } from '../house.ts';
import { median } from '../median.ts';
import { seatTalkers } from '../rejoin/talkers.ts';
import type { Measure, Row } from '../row.ts';

const RUNS = 5;
/** So many that their 240 intents a minute each are enough for the world to be long within a minute. */
const TALKERS = 100;
const ENTRIES = 16_000;
/** The target is for a million entries; what this world lacks to them is what a snapshot leaves out. */
const TARGET_MS = 2_000;
const PATIENCE_MS = 120_000;

export const row: Row = {
  name: 'enter',
  target: 'P11',
  title: `From a link to the state of a world of more than ${ENTRIES} entries, checked against its checkpoint`,
  run,
};

async function run(): Promise<readonly Measure[]> {
  const house = await openHouse();
  try {
    const talkers = await seatTalkers(house.url, TALKERS);
    const size = await talkers.talk(ENTRIES);
    const times = { snapshot: [] as number[], genesis: [] as number[] };
    for (let run = 0; run < RUNS; run++) {
      times.snapshot.push(await enter(house.url, talkers.joined, { size, run }));
      times.genesis.push(await enter(house.url, talkers.joined, { size, run, longWay: Infinity }));
    }
    return [
      {
        what: 'begun at the newest snapshot, against read from the first entry',
        value: median(times.snapshot),
        peer: median(times.genesis),
        unit: 'ms',
        atMost: TARGET_MS,
        because: 'the target, for a million entries',
      },
    ];
  } finally {
    await house.close();
  }
}

interface Entering {
  readonly size: number;
  readonly run: number;
  readonly longWay?: number;
}

/** Ms until what is shown is what the newest checkpoint signs. */
async function enter(url: string, { world, cap }: Joined, { size, run, longWay }: Entering): Promise<number> {
  const began = performance.now();
  const peer = createPeer({
    url,
    identity: seedIdentity(createSeed(run).bytes('newcomer')),
    storage: createMemoryStorage(),
    ...(longWay === undefined ? {} : { longWay }),
  });
  const follower = await peer.world(world, cap ?? undefined);
  const { verified } = await until(
    follower,
    (state) => state.status === 'live' && state.view !== undefined && state.size >= size,
    AbortSignal.timeout(PATIENCE_MS),
  );
  const took = performance.now() - began;
  if ((verified.from === undefined) !== (longWay !== undefined)) throw new Error('it came by the other way');
  follower.close();
  peer.close();
  return took;
}
