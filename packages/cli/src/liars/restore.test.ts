import { verify } from '@fairground/ledger';
import { games } from '@fairground/rules';
import { afterEach, expect, it } from 'vitest';
import { grownTo, type Household, openHousehold, stonesAre, turnOf, zipOf } from '../testing/household.ts';

let household: Household | undefined;
afterEach(() => household?.close());

it('[D70] an old backup that is put back, relay and all, is made whole by whoever has kept the verified log, and the match goes on without a fork', async () => {
  household = await openHousehold();
  let house = await household.start();
  const people = [household.person(1), household.person(2)] as const;
  const [ada, bob] = people;
  const created = await ada.peer.createWorld({
    ...{ game: 'nim', config: { stones: 99, turnMs: 600_000 }, visibility: 'unlisted' },
  });
  if (!created.ok) throw new Error(created.code);
  const { world, cap } = created.value;
  const adas = await ada.join(world, cap, 'Ada');
  await grownTo(adas, 2);
  await house.close();
  const putBack = await household.backUp();
  house = await household.start();
  const bobs = await bob.join(world, cap, 'Bob');
  const both = [adas, bobs];
  const first = await turnOf(both, people);
  await first.submit({ kind: 'take', body: { count: 3 } });
  await stonesAre(adas, 96);
  const { size } = adas.value;
  await grownTo(bobs, size);
  await house.close();
  await putBack();
  await household.start();
  const second = first === adas ? bobs : adas;
  await second.submit({ kind: 'take', body: { count: 1 } });
  for (const follower of both) await stonesAre(follower, 95);
  for (const follower of both) {
    expect(follower.value).toMatchObject({ status: 'live', charges: [], isDoubted: false });
    expect(follower.log.entries.slice(0, size)).toEqual(adas.log.entries.slice(0, size));
  }
  const late = await household.person(3).open(world, cap);
  await grownTo(late, adas.value.size);
  expect(late.log.entries.slice(0, adas.value.size)).toEqual(adas.log.entries.slice(0, late.value.size));
  const report = await verify(zipOf(await adas.takeHome()), { games, level: 'full' });
  expect(report).toMatchObject({ valid: true });
});
