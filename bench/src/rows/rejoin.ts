/** P10: how soon a device that was cut off is complete again, however much it has missed. */
import { createPlayer, createSeed } from '@fairground/cli';
import { until } from '@fairground/peer';
import { openHouse } from '../house.ts';
import { median } from '../median.ts';
import { openCuttable } from '../rejoin/cuttable.ts';
import { seatTalkers } from '../rejoin/talkers.ts';
import type { Measure, Row } from '../row.ts';

const RUNS = 5;
/** So many that none comes up against the 240 intents a minute. */
const TALKERS = 40;
/** More than a segment, so that the live tail has let go of it and the tiles must be asked. */
const MISSED = 1_500;
/** What the tail still holds. */
const MISSED_LITTLE = 40;
const TARGET_MS = 1_000;
const PATIENCE_MS = 60_000;

export const row: Row = {
  name: 'rejoin',
  target: 'P10',
  title: 'After a cut, from the path being back to a complete and verified state',
  run,
};

async function run(): Promise<readonly Measure[]> {
  const house = await openHouse();
  const path = await openCuttable(house.url);
  try {
    const talkers = await seatTalkers(house.url, TALKERS);
    const phone = createPlayer(path.url, 'Phone', createSeed(10).bytes('phone'));
    const { world, cap } = talkers.joined;
    const follower = await phone.peer.world(world, cap ?? undefined);
    const complete = (size: number) =>
      until(
        follower,
        (state) => state.status === 'live' && state.size >= size,
        AbortSignal.timeout(PATIENCE_MS),
      );
    await complete(TALKERS);
    const after = async (missed: number) => {
      path.cut();
      await until(follower, ({ status }) => status === 'offline', AbortSignal.timeout(PATIENCE_MS));
      const size = await talkers.talk(missed);
      await path.mend();
      const began = performance.now();
      follower.reconnect(); // as the app does when the device says that it is online
      await complete(size);
      return performance.now() - began;
    };
    const times = { much: [] as number[], little: [] as number[] };
    for (let i = 0; i < RUNS; i++) {
      times.little.push(await after(MISSED_LITTLE));
      times.much.push(await after(MISSED));
    }
    follower.close();
    phone.leave();
    return [measureOf(MISSED_LITTLE, times.little), measureOf(MISSED, times.much)];
  } finally {
    path.close();
    await house.close();
  }
}

function measureOf(missed: number, times: readonly number[]): Measure {
  return {
    what: `${missed} entries missed`,
    value: median(times),
    unit: 'ms',
    atMost: TARGET_MS,
    because: 'the target',
  };
}
