import { join } from 'node:path';
import { createSeed } from '@fairground/cli';
import { expect, it } from 'vitest';
import { lockFileOf, openHouse } from '../house/house.ts';
import { type CallPlan, failEveryCall } from './everyCall.ts';
import { whyNoStrace } from './strace.ts';

const why = whyNoStrace();

/** Some calls; `pnpm disk-faults` takes all of them. */
it.skipIf(why !== undefined)(
  `[K6] a sync of the log and of the lock fails once: it goes on, or is killed on top of it; nothing is lost${why === undefined ? '' : ` (${why})`}`,
  async () => {
    const house = await openHouse({ layout: 'apart', env: { UV_THREADPOOL_SIZE: '1' } });
    const wal = join(house.dataDir, 'authority', 'log.sqlite-wal');
    const plan = {
      ...{ house, part: 'authority', errors: ['EIO'], patienceMs: 60_000, tell: () => {} },
      seed: createSeed(6),
    } satisfies Partial<CallPlan>;
    try {
      const sync = { file: wal, call: 'fsync', most: 1 } as const;
      const lockSync = { file: lockFileOf(house), call: 'fdatasync', most: 1 } as const;
      const goneOn = await failEveryCall({ ...plan, targets: [sync, lockSync], ending: 'goes on' });
      expect(goneOn.map(({ wasWrittenAgain, faults }) => [wasWrittenAgain, faults])).toEqual([
        [true, []],
        [true, []],
      ]);
      const killed = await failEveryCall({ ...plan, seed: createSeed(7), targets: [sync], ending: 'killed' });
      expect(killed.map(({ faults }) => faults)).toEqual([[]]);
    } finally {
      await house.close();
    }
  },
  240_000,
);
