import { type Bytes, type World, decodeEntry, equalBytes, openWorld, step, unwrap } from '@fairground/ledger';
import { type AnyRulesGame, versions } from '@fairground/rules';
import { describe, expect, it } from 'vitest';
import { createDevice } from '../testing/device.ts';
import { type Party, openParty, restart } from '../testing/party.ts';
import { createGate, gatedStore } from '../testing/trouble.ts';
import { tally } from '../testing/tally.ts';

/** Counts what was added so far twice, and seats by a name that tells the versions apart. */
const second: AnyRulesGame = {
  ...(tally as AnyRulesGame),
  version: 2,
  migrate: (before) => ({ ...(before as object), total: 2 * (before as { total: number }).total }),
  card: (state) => ({ ...tally.card(state as never), title: 'Tally 2' }),
};
const games = versions(tally, second);

async function table(goal = 1000) {
  const party = await openParty({ games: [tally] });
  const ann = createDevice('Ann');
  const { world, room } = await party.create(ann, 'tally', { goal });
  await party.send(ann, world, 'join');
  await party.send(ann, world, 'add', { count: 5 });
  await party.settle();
  return { party, ann, world, room };
}

/** All of it: a tail is cut at a segment's end. */
const entriesOf = ({ store }: Party, world: Bytes) => store.entries(world, 0, 10_000);

async function kindsOf(party: Party, world: Bytes) {
  return (await entriesOf(party, world)).map((bytes) => unwrap(decodeEntry(bytes)).kind);
}

async function replayOf(party: Party, world: Bytes): Promise<World<unknown>> {
  const [genesis = new Uint8Array(0), ...rest] = await entriesOf(party, world);
  const [first] = games;
  if (!first) throw new Error('there is no first version');
  const replay: World<unknown> = unwrap(openWorld(first, genesis));
  for (const bytes of rest) unwrap(step(first, replay, bytes));
  return replay;
}

describe('an authority of a build with a newer version of a game', () => {
  it('[A160] brings open matches over before anything else is logged, and plays them by it from there on', async () => {
    const { party, ann, world, room } = await table();
    const { size } = party.follow(world);
    const again = await restart(party, { games });
    await again.settle();
    expect((await kindsOf(again, world)).slice(size)).toEqual(['upgrade', 'pause', 'resume']);
    await again.send(ann, world, 'add', { count: 1 });
    await again.settle();
    expect(again.follow(world)).toMatchObject({ version: 2, state: { total: 11 } });
    const rooms = await again.store.rooms();
    expect(rooms.find((one) => equalBytes(one.room, room))?.title).toBe('Tally 2');
    await again.authority.close();
  });

  it('[A160] once: the next start finds it done, also from the snapshot of a segment’s end', async () => {
    const { party, ann, world } = await table(100_000);
    const first = await restart(party, { games });
    for (let i = 0; i < 1030; i++) await first.send(ann, world, 'add', { count: 1 });
    await first.settle();
    const second = await restart(first, { games });
    await second.send(ann, world, 'add', { count: 1 });
    await second.settle();
    expect((await kindsOf(second, world)).filter((kind) => kind === 'upgrade')).toHaveLength(1);
    expect(await kindsOf(second, world)).toContain('state');
    expect(await replayOf(second, world)).toMatchObject({ version: 2, state: { total: 10 + 1030 + 1 } });
    expect(second.authority.health().reasons).toEqual([]);
    await second.authority.close();
  });

  it('[A160] also when the first commit after the start fails', async () => {
    const { party, ann, world } = await table();
    const gate = createGate();
    gate.fail('not yet');
    const again = await restart(party, { games, store: gatedStore(party.store, gate) });
    await again.clock.advance(2000);
    expect((await again.send(ann, world, 'add', { count: 1 })).status).toBe(200);
    expect((await kindsOf(again, world)).filter((kind) => kind === 'upgrade')).toHaveLength(1);
    expect(again.follow(world)).toMatchObject({ version: 2, state: { total: 11 } });
    await again.authority.close();
  });

  it('[A161] leaves a match to the rules that it has where the newer ones cannot take its state over', async () => {
    const { party, ann, world } = await table();
    const picky: AnyRulesGame = {
      ...second,
      migrate() {
        throw new Error('not a state of mine');
      },
    };
    const again = await restart(party, { games: versions(tally, picky) });
    expect((await again.send(ann, world, 'add', { count: 1 })).status).toBe(200);
    expect(again.follow(world)).toMatchObject({ version: 1, state: { total: 6 } });
    expect(again.logged.join()).toContain('could not be brought to the next version (not a state of mine)');
    expect(await kindsOf(again, world)).not.toContain('upgrade');
    await again.authority.close();
  });

  it('[A161] and finished matches, and those of games whose next version takes nothing over, as they are', async () => {
    const { party, ann, world } = await table();
    const { migrate: _, ...fresh } = second;
    const again = await restart(party, { games: versions(tally, fresh) });
    await again.send(ann, world, 'add', { count: 995 });
    await again.settle();
    expect((await kindsOf(again, world)).at(-1)).toBe('close');
    const last = await restart(again, { games });
    await last.settle();
    expect(await kindsOf(last, world)).not.toContain('upgrade');
    // New matches are of the newest version.
    const next = await last.create(ann, 'tally', { goal: 9 }, { nonce: 7 });
    expect(last.follow(next.world).opening.genesis.version).toBe(2);
    await last.authority.close();
  });

  it('[A162] of an older build lets such a match stand still, and says why', async () => {
    const { party, ann, world } = await table();
    const newer = await restart(party, { games });
    await newer.settle();
    const { size } = newer.follow(world);
    const older = await restart(newer, { games: [tally] });
    await older.settle();
    expect(older.authority.stats().worlds).toMatchObject({ halted: 1, live: 0 });
    expect(await older.send(ann, world, 'add', { count: 1 })).toMatchObject({
      body: { code: 'world_halted', detail: expect.stringContaining('tally 2 is not built in') },
    });
    expect(await kindsOf(older, world)).toHaveLength(size);
    await older.authority.close();
  });
});
