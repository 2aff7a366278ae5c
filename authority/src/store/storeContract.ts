/** What every `LogStore` must do; run on each implementation. */
import type { Bytes } from '@fairground/ledger';
import { expect, it } from 'vitest';
import type { LogStore, WorldAppend, WorldPlan } from './ports.ts';

const filled = (length: number, value: number): Bytes => new Uint8Array(length).fill(value);

export function samplePlan(tag: number, room = tag): WorldPlan {
  const world = filled(32, tag);
  return {
    world,
    game: 'tally',
    version: 1,
    genesis: filled(40, tag),
    secret: filled(32, 200 - tag),
    room: {
      room: filled(16, room),
      host: filled(32, 9),
      visibility: 'unlisted',
      cap: filled(16, 8),
      code: '123456',
      world,
      game: 'tally',
      title: 'An evening',
    },
    create: { host: filled(32, 9), nonce: filled(16, tag), request: filled(32, 7) },
    at: 1000,
  };
}

export function sampleAppend(tag: number, expectedSize: number, entries: readonly Bytes[]): WorldAppend {
  const end = expectedSize + entries.length;
  return {
    world: filled(32, tag),
    expectedSize,
    entries,
    intents: [],
    sealed: [],
    opened: [],
    batches: [{ first: expectedSize, end }],
    tiles: [],
    snapshots: [],
    stale: [],
    segments: [],
    frontier: filled(8, end),
    closed: false,
  };
}

/** `open` gives an empty store. */
export function logStoreContract(name: string, open: () => Promise<LogStore>): void {
  commitContract(name, open);
  bytesContract(name, open);
  noteContract(name, open);
  findingContract(name, open);
  keepingContract(name, open);
}

type Open = () => Promise<LogStore>;

function commitContract(name: string, open: Open): void {
  it(`[A1] ${name}: a commit adds to all its worlds, and reads give back what was written`, async () => {
    const store = await open();
    for (const tag of [1, 2]) await store.prepare(samplePlan(tag));
    const entries = [filled(3, 1), filled(300, 2)];
    await store.append({
      worlds: [sampleAppend(1, 0, entries), sampleAppend(2, 0, [filled(1, 5)])],
      notes: [],
    });
    expect(await store.entries(filled(32, 1), 0, 10)).toEqual(entries);
    expect(await store.entries(filled(32, 1), 1, 2)).toEqual([entries[1]]);
    expect(await store.world(filled(32, 2))).toMatchObject({
      size: 1,
      bytes: 1,
      secret: filled(32, 198),
      genesis: filled(40, 2),
      closed: false,
    });
    expect((await store.worlds()).map(({ size }) => size)).toEqual([2, 1]);
    await store.close();
  });

  it(`[A1] ${name}: a commit whose size is wrong for one world leaves all worlds as they were`, async () => {
    const store = await open();
    for (const tag of [1, 2]) await store.prepare(samplePlan(tag));
    await store.append({ worlds: [sampleAppend(1, 0, [filled(3, 1)])], notes: [] });
    const worlds = [sampleAppend(2, 0, [filled(3, 1)]), sampleAppend(1, 0, [filled(3, 9)])];
    const bad = { worlds, notes: [] };
    await expect(store.append(bad)).rejects.toThrow(/has 1 entries, not 0/);
    expect(await store.entries(filled(32, 2), 0, 10)).toEqual([]);
    expect((await store.world(filled(32, 2)))?.size).toBe(0);
    await expect(store.append({ worlds: [sampleAppend(3, 0, [filled(3, 1)])], notes: [] })).rejects.toThrow(
      /-1/,
    );
    await store.close();
  });

  it(`[A2] ${name}: a request's nonce finds the world that it made, and makes no second one`, async () => {
    const store = await open();
    const plan = samplePlan(1);
    await store.prepare(plan);
    expect(await store.plan(plan.create.host, plan.create.nonce)).toEqual(plan);
    expect(await store.plan(plan.create.host, filled(16, 99))).toBeUndefined();
    const again = { ...samplePlan(2), create: plan.create };
    await expect(store.prepare(again)).rejects.toThrow(/prepared already|UNIQUE/);
    expect(await store.worlds()).toHaveLength(1);
    await store.close();
  });
}

function bytesContract(name: string, open: Open): void {
  it(`[A7] ${name}: a world's bytes are those of its entries, and a commit that fails adds none`, async () => {
    const store = await open();
    await store.prepare(samplePlan(1));
    const bytes = async () => (await store.world(filled(32, 1)))?.bytes;
    expect(await bytes()).toBe(0);
    await store.append({ worlds: [sampleAppend(1, 0, [filled(3, 1), filled(300, 2)])], notes: [] });
    await expect(store.append({ worlds: [sampleAppend(1, 0, [filled(9, 1)])], notes: [] })).rejects.toThrow(
      /has 2/,
    );
    expect(await bytes()).toBe(303);
    await store.append({ worlds: [sampleAppend(1, 2, [filled(7, 3)])], notes: [] });
    expect(await bytes()).toBe(310);
    await store.close();
  });
}

function noteContract(name: string, open: Open): void {
  it(`[A27] ${name}: checkpoints come after what they are of, alone or with a later commit`, async () => {
    const store = await open();
    await store.prepare(samplePlan(1));
    const world = filled(32, 1);
    const checkpoints = async () => (await store.batches(world, 0)).map(({ checkpoint }) => checkpoint);
    await store.append({ worlds: [sampleAppend(1, 0, [filled(3, 1), filled(3, 2)])], notes: [] });
    expect(await checkpoints()).toEqual([filled(0, 0)]);
    expect((await store.world(world))?.checkpoint).toEqual(filled(0, 0));
    const notes = [{ world, first: 0, checkpoint: filled(5, 2) }];
    await store.append({ worlds: [sampleAppend(1, 2, [filled(3, 3)])], notes });
    expect(await checkpoints()).toEqual([filled(5, 2), filled(0, 0)]);
    expect((await store.world(world))?.checkpoint).toEqual(filled(5, 2));
    await store.append({ worlds: [], notes: [{ world, first: 2, checkpoint: filled(5, 3) }] });
    expect(await checkpoints()).toEqual([filled(5, 2), filled(5, 3)]);
    expect((await store.world(world))?.checkpoint).toEqual(filled(5, 3));
    const stale = { worlds: [sampleAppend(1, 0, [filled(3, 3)])], notes };
    await expect(store.append(stale)).rejects.toThrow(/has 3 entries/);
    expect((await store.world(world))?.checkpoint).toEqual(filled(5, 3));
    await store.close();
  });
}

function findingContract(name: string, open: Open): void {
  it(`[A1] ${name}: intents, heads, batches, tiles and snapshots are found`, async () => {
    const store = await open();
    await store.prepare(samplePlan(1));
    const world = filled(32, 1);
    const intent = (seq: number, index: number) => ({
      hash: filled(32, 50 + seq),
      key: filled(32, 3),
      seq,
      index,
    });
    const snapshot = { hash: filled(32, 77), index: 2, bytes: filled(90, 1) };
    const rich: WorldAppend = {
      ...sampleAppend(1, 0, [filled(1, 0), filled(1, 1), filled(1, 2)]),
      intents: [intent(0, 1), intent(1, 2)],
      tiles: [0, 1, 2].map((n) => ({ level: 0, n, bytes: filled(64, n) })),
      snapshots: [snapshot],
    };
    await store.append({ worlds: [rich], notes: [] });
    await store.append({ worlds: [sampleAppend(1, 3, [filled(1, 3)])], notes: [] });
    expect(await store.intent(world, filled(32, 50))).toEqual(intent(0, 1));
    expect(await store.intent(world, filled(32, 99))).toBeUndefined();
    expect(await store.head(world, filled(32, 3))).toEqual(intent(1, 2));
    expect(await store.head(world, filled(32, 4))).toBeUndefined();
    expect((await store.batches(world, 0)).map(({ first, end }) => [first, end])).toEqual([
      [0, 3],
      [3, 4],
    ]);
    expect(await store.batches(world, 3)).toHaveLength(1);
    expect(await store.tiles(world, 0, 1, 3)).toEqual([filled(64, 1), filled(64, 2)]);
    expect(await store.snapshot(world)).toEqual(snapshot);
    expect(await store.snapshot(world, snapshot.hash)).toEqual(snapshot);
    expect(await store.snapshot(world, filled(32, 1))).toBeUndefined();
    const next = { hash: filled(32, 78), index: 4, bytes: filled(9, 2) };
    await store.append({
      worlds: [{ ...sampleAppend(1, 4, [filled(1, 4)]), snapshots: [next], stale: [2] }],
      notes: [],
    });
    expect(await store.snapshots(world)).toEqual([4]);
    expect(await store.snapshot(world, snapshot.hash)).toBeUndefined();
    await store.close();
  });

  it(`[A3] ${name}: the seals of a lot are found until the lot is opened`, async () => {
    const store = await open();
    await store.prepare(samplePlan(1));
    const world = filled(32, 1);
    const sealed = [
      { lot: 0, index: 1 },
      { lot: 1, index: 2 },
      { lot: 0, index: 3 },
    ];
    const entries = [0, 1, 2, 3].map((value) => filled(1, value));
    await store.append({ worlds: [{ ...sampleAppend(1, 0, entries), sealed }], notes: [] });
    expect(await store.sealed(world)).toEqual([sealed[0], sealed[2], sealed[1]]);
    await store.append({ worlds: [{ ...sampleAppend(1, 4, [filled(1, 4)]), opened: [0] }], notes: [] });
    expect(await store.sealed(world)).toEqual([sealed[1]]);
    await store.close();
  });
}

function keepingContract(name: string, open: Open): void {
  it(`[A3] ${name}: rooms, supplies, segments, documents and halts are kept, the newest of each`, async () => {
    const store = await open();
    const plan = samplePlan(1);
    await store.prepare(plan);
    const segment = { n: 0, first: 0, end: 1 };
    const append = { ...sampleAppend(1, 0, [filled(1, 1)]), room: plan.room, segments: [segment] };
    await store.append({ worlds: [append], notes: [] });
    expect(await store.rooms()).toEqual([plan.room]);
    await store.putRoom({ ...plan.room, code: null, cap: null, title: 'Other' });
    expect(await store.rooms()).toEqual([{ ...plan.room, code: null, cap: null, title: 'Other' }]);
    const value = [{ text: 'a', correct: [1] }];
    await store.putSupply(plan.world, { what: 'deal', index: 0, value });
    expect(await store.supplies(plan.world)).toEqual([{ what: 'deal', index: 0, value }]);
    expect(await store.segments(plan.world)).toEqual([segment]);
    expect(await store.document('directory')).toBeUndefined();
    await store.putDocument('directory', filled(3, 1));
    await store.putDocument('directory', filled(4, 2));
    expect(await store.document('directory')).toEqual(filled(4, 2));
    const halt = { code: 'x', message: 'y', index: 1, entry: filled(2, 2), state: filled(3, 3), at: 5 };
    await store.putHalt(plan.world, halt);
    expect(await store.halt(plan.world)).toEqual(halt);
    await store.close();
  });
}
