import { authorityFolder, rotateKey } from '@fairground/authority';
import { keyToDid, randomBytes } from '@fairground/ledger';
import { createMemoryStorage, createPeer, type Follower, seedIdentity, until } from '@fairground/peer';
import { afterEach, expect, it } from 'vitest';
import { grownTo, type Household, openHousehold } from '../testing/household.ts';

let household: Household | undefined;
afterEach(() => household?.close());

const PEOPLE = 8;
const patience = () => AbortSignal.timeout(60_000);

/** Everybody changes their mind so many times. */
async function dither(seats: readonly Follower[], times: number): Promise<void> {
  const [any] = seats;
  const size = (any?.value.size ?? 0) + seats.length * times;
  for (let time = 0; time < times; time++)
    await Promise.all(seats.map((seat) => seat.submit({ kind: 'ready', body: { ready: time % 2 === 0 } })));
  for (const seat of seats) await grownTo(seat, size);
}

it('[D214] [A159] who comes to a long lobby whose key was handed on begins at its snapshot, believes the new key by the log’s rotations, and audits it all', async () => {
  household = await openHousehold();
  const { dataDir, lockDir } = household;
  let house = await household.start();
  const people = Array.from({ length: PEOPLE }, (_, i) => household!.person(i + 1));
  const config = { topics: ['food'], questions: 5, seats: PEOPLE };
  const created = await people[0]!.peer.createWorld({ game: 'trivia', config, visibility: 'unlisted' });
  if (!created.ok) throw new Error(created.code);
  const { world, cap } = created.value;
  const seats = await Promise.all(people.map((person, i) => person.join(world, cap, `Person ${i}`)));
  await dither(seats, 10);
  await house.close();

  const { to } = await rotateKey({ folder: authorityFolder(dataDir), lockDir }, randomBytes);
  house = await household.start();
  await dither(seats, 125);

  const newcomer = createPeer({
    ...{ url: `http://127.0.0.1:${house.server.port}`, identity: seedIdentity(new Uint8Array(32).fill(99)) },
    ...{ storage: createMemoryStorage(), longWay: 100 },
  });
  const said = await newcomer.authority();
  expect(said).toMatchObject({ ok: true, value: { key: keyToDid(to) } });
  const follower = await newcomer.world(world, cap ?? undefined, { looksOn: true });
  const begun = await until(follower, ({ status }) => status === 'live', patience());
  expect(begun.verified).toMatchObject({ level: 'replayed', from: 1023 });
  const audited = await until(follower, ({ verified }) => verified.level === 'audited', patience());
  expect(audited).toMatchObject({ charges: [], status: 'live' });
  follower.close();
  newcomer.close();
});
