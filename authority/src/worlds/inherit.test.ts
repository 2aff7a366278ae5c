import {
  type Bytes,
  ESCROW_FILE,
  checkpointIn,
  genesisPolicy,
  ok,
  openEscrow,
  parseGenesis,
  publicKeyFromSeed,
  sealEscrow,
  stateHash,
  unwrap,
} from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import { syncSigner } from '../keys/signer.ts';
import { createDevice, labelled } from '../testing/device.ts';
import { type Party, openParty, restart } from '../testing/party.ts';
import { tally } from '../testing/tally.ts';
import { type Estate, planInheritance } from './inherit.ts';

const games = [tally];
const seed = labelled('friend');
const friend = { name: 'friend.test/1', signer: syncSigner(seed) };
const successors = [labelled('other'), seed].map(publicKeyFromSeed);

const escrowsOf = ({ relay }: Party) =>
  relay.frames.flatMap((frame) => (frame.t === 'log' && frame.path === ESCROW_FILE ? [frame.bytes] : []));

async function burnt(named: readonly Bytes[] = successors, goal = 100) {
  const party = await openParty({ games, successors: named });
  const ann = createDevice('Ann');
  const { world } = await party.create(ann, 'tally', { goal });
  await party.send(ann, world, 'join');
  await party.send(ann, world, 'add', { count: 5 });
  await party.settle();
  const row = await party.store.world(world);
  if (!row) throw new Error('the world is not stored');
  const [escrow = new Uint8Array(0)] = escrowsOf(party);
  const { size } = row;
  const checkpoint = party.relay.batches(world).at(-1)?.checkpoint ?? new Uint8Array(0);
  const estate: Estate = { entries: await party.store.entries(world, 0, size), checkpoint, escrow };
  return { party, ann, world, estate, row };
}

/** The friend's own authority, which is stopped. */
async function plan(house: Party, estate: Estate, seeds: readonly Bytes[] = [seed]) {
  const { store, clock } = house;
  const charter = { policy: genesisPolicy(), successors: [] };
  let drawn = 0;
  const random = (n: number) => new Uint8Array(n).fill(++drawn);
  return planInheritance({ store, games, clock, random, charter, keys: friend, seeds }, estate);
}

const openFriends = () => openParty({ games, keys: friend });

describe('[A163] a world that names successors', () => {
  it('has them in its genesis, and its secret in escrow for them on the relay, the same bytes over each link', async () => {
    const { party, world, estate, row } = await burnt();
    expect(unwrap(parseGenesis(row.genesis)).successors).toEqual(successors);
    expect(openEscrow(estate.escrow, world, seed)).toEqual(ok(row.secret));
    // Another relay, or one that has lost it, is given the same bytes.
    const again = await restart(party, { games, successors });
    await again.settle();
    expect(escrowsOf(again)).toContainEqual(estate.escrow);
    await again.authority.close();
  });

  it('where nobody is named there is nothing in escrow', async () => {
    const { party } = await burnt([]);
    expect(escrowsOf(party)).toEqual([]);
    await party.authority.close();
  });
});

describe('[A164] whoever is named', () => {
  it('goes on from the log that is left: a match of the same host and settings that says where, once, at its next start', async () => {
    const { party, ann, world, estate } = await burnt();
    await party.authority.close();
    const house = await openFriends();
    const { plan: planned, opened } = unwrap(await plan(house, estate));
    expect(opened).toEqual([]);
    const genesis = unwrap(parseGenesis(planned.genesis));
    expect(genesis).toMatchObject({ host: ann.key, config: { goal: 100 } });
    expect(genesis.authority).toEqual({ name: friend.name, key: friend.signer.key });
    expect(genesis.parent?.state).toEqual(stateHash(tally, party.follow(world)));
    expect(genesis.parent && checkpointIn(genesis.parent.checkpoint)?.size).toBe(estate.entries.length);
    expect(unwrap(await plan(house, estate)).plan.world).toEqual(planned.world);
    const again = await restart(house, { games, keys: friend });
    expect((await again.send(ann, planned.world, 'join')).status).toBe(200);
    const twice = await restart(again, { games, keys: friend });
    await twice.settle();
    expect(twice.authority.stats().worlds).toMatchObject({ live: 1, closed: 0 });
    await twice.authority.close();
  });

  it('[A165] and nobody else; nor with another secret than that of the genesis, nor from a match that is over', async () => {
    const { party, ann, world, estate } = await burnt();
    const house = await openFriends();
    expect(await plan(house, estate, [labelled('stranger')])).toMatchObject({ code: 'not_named' });
    const another = sealEscrow({ world, secret: labelled('no'), successors, ephemeral: () => labelled('e') });
    for (const escrow of [another, new Uint8Array(3), estate.escrow.slice(1)])
      expect(await plan(house, { ...estate, escrow })).toMatchObject({ code: 'escrow_refused' });
    await party.send(ann, world, 'add', { count: 95 });
    await party.settle();
    const { size = 0 } = (await party.store.world(world)) ?? {};
    const entries = await party.store.entries(world, 0, size);
    expect(await plan(house, { ...estate, entries })).toMatchObject({ code: 'nothing_left' });
    await house.authority.close();
  });
});
