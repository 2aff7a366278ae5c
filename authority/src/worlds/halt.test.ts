import { type Bytes, decodeEntry, equalBytes, parseWorld, unwrap } from '@fairground/ledger';
import { describe, expect, it, vi } from 'vitest';
import { createDevice } from '../testing/device.ts';
import { openParty, restart } from '../testing/party.ts';
import { tally } from '../testing/tally.ts';

async function cursed(fault: string) {
  const party = await openParty({ games: [tally] });
  const [ann, bob] = [createDevice('Ann'), createDevice('Bob')];
  const bad = await party.create(ann, 'tally', { fault });
  const good = await party.create(bob, 'tally', {});
  for (const { world } of [bad, good]) await party.send(ann, world, 'join');
  await party.send(ann, bad.world, 'add', { count: 4 });
  const reply = await party.send(ann, bad.world, 'add', { count: 13 });
  await party.settle();
  return { party, ann, bad: bad.world, good: good.world, reply };
}

async function storedState(party: Awaited<ReturnType<typeof cursed>>['party'], world: Bytes) {
  const halt = await vi.waitUntil(() => party.store.halt(world), { timeout: 60_000 });
  return { halt, state: unwrap(parseWorld(tally, halt.state)) };
}

describe('a world whose rules fail', () => {
  it('[A80] stands still with its state and the entry that could not be applied, which is not logged', async () => {
    const { party, bad, reply } = await cursed('apply');
    expect(reply).toMatchObject({ status: 503, body: { code: 'world_halted' } });
    const { halt, state } = await storedState(party, bad);
    expect(halt).toMatchObject({ code: 'rules_fault', message: 'thirteen', index: 3 });
    expect(decodeEntry(halt.entry)).toMatchObject({ value: { kind: 'intent' } });
    expect(state).toMatchObject({ size: 3, state: { total: 4 } });
    expect(party.follow(bad)).toMatchObject({ size: 3 });
    await party.authority.close();
  });

  it('[A80] leaves the others alone, and takes nothing more', async () => {
    const { party, ann, bad, good } = await cursed('apply');
    expect((await party.send(ann, good, 'add', { count: 13 })).status).toBe(200);
    expect((await party.send(createDevice('Cy'), bad, 'join')).status).toBe(503);
    expect(party.authority.stats().worlds).toMatchObject({ live: 1, halted: 1 });
    await party.authority.close();
  });

  it('[A81] a game that owes for ever, or owes what makes no entry, is a fault of its rules', async () => {
    for (const [fault, code] of [
      ['owes', 'owes_without_end'],
      ['nothing', 'owes_nothing'],
    ] as const) {
      const { party, bad, reply } = await cursed(fault);
      expect(reply.status).toBe(200);
      const { halt, state } = await storedState(party, bad);
      expect(halt.code).toBe(code);
      expect(state.size).toBe(party.follow(bad).size);
      await party.authority.close();
    }
  });

  it('[A82] goes on after a restart with rules that were mended', async () => {
    const { party, ann, bad } = await cursed('apply');
    const mended = {
      ...tally,
      apply: (...[state, entry]: Parameters<typeof tally.apply>) =>
        tally.apply({ ...state, config: { ...state.config, fault: 'none' } }, entry),
    };
    const { store } = party;
    const again = await restart(party, { games: [mended] });
    // The intent was never logged, so its number is free.
    ann.chain(bad).seq -= 1;
    const last = (await store.head(bad, ann.key))?.hash;
    ann.chain(bad).prev = last ?? new Uint8Array(32);
    expect((await again.send(ann, bad, 'add', { count: 13 })).status).toBe(200);
    expect(equalBytes((await store.head(bad, ann.key))?.hash ?? bad, ann.chain(bad).prev)).toBe(true);
    await again.authority.close();
  });
});

describe('time', () => {
  it('[A83] passes when it is due, once a commit', async () => {
    const party = await openParty({ games: [tally] });
    const ann = createDevice('Ann');
    const { world } = await party.create(ann, 'tally', { every: 100 });
    await party.send(ann, world, 'join');
    await party.clock.advance(1000);
    const { state, size } = party.follow(world);
    expect((state as { readonly ticks: number }).ticks).toBeGreaterThanOrEqual(10);
    expect(size).toBe(12);
    await party.authority.close();
  });

  it('[A84] is told at most once a second when nothing else happens for a minute', async () => {
    const party = await openParty({ games: [tally] });
    const ann = createDevice('Ann');
    const { world } = await party.create(ann, 'tally', { every: 100 });
    await party.clock.advance(61_000);
    const before = party.follow(world).size;
    await party.clock.advance(10_000);
    expect(party.follow(world).size - before).toBeLessThanOrEqual(11);
    expect(party.follow(world).size - before).toBeGreaterThanOrEqual(9);
    await party.send(ann, world, 'join');
    const busy = party.follow(world).size;
    await party.clock.advance(1000);
    expect(party.follow(world).size - busy).toBe(10);
    await party.authority.close();
  });
});
