import { createSeed } from '@fairground/cli';
import { afterAll, expect, it } from 'vitest';
import { openHouse } from '../house/house.ts';
import { runOutOfRoom } from './noRoom.ts';
import { noRoomFor } from './troubles.ts';

const house = await openHouse({ layout: 'apart' });
afterAll(() => house.close());

it.each([
  ['authority', /^the authority cannot write its log or its lock file$/, /^storage_away: /],
  ['relay', /^the store cannot be written/, /./],
] as const)(
  '[K4] no file of the %s may grow for a while: it says so, logs little, and goes on by itself',
  async (part, reason, refusal) => {
    const trouble = noRoomFor(() => house.process(part).pid);
    const seed = createSeed(part.length);
    const found = await runOutOfRoom({ house, part, trouble, seed, intents: 3, patienceMs: 60_000 });
    expect(found.faults).toEqual([]);
    expect(found.reasons).toContainEqual(expect.stringMatching(reason));
    expect(found.refusal).toMatch(refusal);
    expect(found.logged).toBeLessThan(200);
  },
  200_000,
);
