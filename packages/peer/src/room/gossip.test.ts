import { bytesToUtf8, formatFaultProof, isCosignedBy, sha256, utf8ToBytes } from '@fairground/ledger';
import { formatWorldId, type Presence, ROOM_FAULTS } from '@fairground/protocol';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { seedIdentity } from '../identity.ts';
import { createLive } from '../live.ts';
import { createMemoryStorage } from '../storage/memoryStorage.ts';
import { settle } from '../testClock.fixture.ts';
import { createDeviceWitness } from '../world/deviceWitness.ts';
import { adding, follow, sign } from '../world/follow.fixture.ts';
import { gossip } from './gossip.ts';
import type { Person } from './room.ts';

const identityOf = (name: string) => seedIdentity(sha256(utf8ToBytes(name)));

/** Somebody in a room whose people and document the test moves. */
async function inRoom(name: string, doc = new Y.Doc(), counts = [2, 3, 4]) {
  const driver = await adding(counts);
  const { follower, tail, clock } = follow(driver);
  tail().push(0, driver.entries, await sign(driver));
  tail().status.set('online');
  await settle();
  const identity = identityOf(name);
  const people = createLive<readonly Person[]>([]);
  const shown: Presence[] = [];
  const running = gossip({
    room: { doc, people, present: (presence) => void shown.push(presence) },
    follower,
    world: formatWorldId(follower.world),
    identity,
    witness: createDeviceWitness({ identity, storage: createMemoryStorage(), clock }),
    clock,
    chance: () => 0.5,
  });
  const as = (client: number): Person => ({
    ...shown.at(-1),
    key: identity.did as NonNullable<Person['key']>,
    client,
    me: false,
  });
  return { driver, follower, tail, clock, people, shown, running, identity, as, doc };
}

describe('[D57] people who compare what they have verified', () => {
  it('show their newest head, cosigned, when it is another one, and no oftener than the room bears', async () => {
    const ada = await inRoom('ada');
    await ada.clock.advance(3_000);
    expect(ada.shown).toHaveLength(1);
    const note = utf8ToBytes(ada.shown[0]?.head?.note ?? '');
    expect(await isCosignedBy(ada.identity.key, note)).toBe(true);
    await ada.clock.advance(60_000);
    expect(ada.shown).toHaveLength(1);
    const nobody = (client: number): Person => ({ client, me: false });
    ada.people.set(Array.from({ length: 1000 }, (_, i) => nobody(i)));
    await ada.clock.advance(10_000); // the round that was set before
    const from = ada.driver.entries.length;
    await ada.driver.send(ada.driver.actor('ada'), 'add', { count: 1 });
    ada.tail().push(from, ada.driver.entries.slice(from), await sign(ada.driver));
    await ada.clock.advance(80_000);
    expect(ada.shown).toHaveLength(1);
    await ada.clock.advance(20_000);
    expect(ada.shown).toHaveLength(2);
    ada.running.stop();
  });

  it('count those who agree: cosigned by the very person, and of the same history', async () => {
    const [ada, bob, cleo] = [await inRoom('ada'), await inRoom('bob'), await inRoom('cleo')];
    for (const { clock } of [bob, cleo]) await clock.advance(3_000);
    ada.people.set([bob.as(1), { ...cleo.as(2), head: bob.as(1).head }]);
    await settle();
    expect(ada.running.agreeing.value).toBe(1);
    ada.people.set([bob.as(1), cleo.as(2)]);
    await settle();
    expect(ada.running.agreeing.value).toBe(2);
    ada.people.set([cleo.as(2)]);
    await settle();
    expect(ada.running.agreeing.value).toBe(1);
    const { timers } = ada.clock;
    for (const { running } of [ada, bob, cleo]) running.stop();
    expect(ada.clock.timers).toBe(timers - 1);
  });

  it('[D53] lay the proof that they found before the others', async () => {
    const doc = new Y.Doc();
    const [ada, bob] = [await inRoom('ada', doc), await inRoom('bob', doc)];
    const other = await inRoom('zoe', new Y.Doc(), [2, 9, 4]);
    const liar = { ...ada.driver, entries: other.driver.entries };
    await ada.follower.tribunal.hear(await sign(liar), 'zoe');
    await settle();
    const [charge] = ada.follower.value.charges;
    const laid = doc.getMap<unknown>(ROOM_FAULTS).get(ada.identity.did);
    expect(laid).toBe(charge && formatFaultProof(charge.proof));
    expect(bob.follower.value).toMatchObject({ status: 'fault', fault: { code: 'equivocation' } });
    expect(bytesToUtf8(utf8ToBytes(String(laid)))).toContain('equivocation');
    for (const { running } of [ada, bob, other]) running.stop();
  });
});
