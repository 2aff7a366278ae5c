import { type Bytes, sha256, utf8ToBytes } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import { createMemoryStorage } from '../storage/memoryStorage.ts';
import type { Storage } from '../storage/storage.ts';
import { createTestClock } from '../testClock.fixture.ts';
import { createLogKeeper, KEPT_ENTRIES, KEPT_WORLDS } from './logKeeper.ts';

const world = (name: string | number): Bytes => sha256(utf8ToBytes(`world ${name}`));
const entriesOf = (count: number): Bytes[] =>
  Array.from({ length: count }, (_, i) => new Uint8Array([i >> 8, i & 255]));
const logOf = (count: number) => ({ entries: entriesOf(count), checkpoint: new Uint8Array([count & 255]) });

function open(
  name: string | number = 'a',
  storage: Storage = createMemoryStorage(),
  clock = createTestClock(),
) {
  const keeper = createLogKeeper({ storage, clock }, world(name));
  return { keeper, storage, clock };
}

const reload = (storage: Storage, name: string | number = 'a') => open(name, storage).keeper.load();

/** Counts what is written. */
function counted(storage: Storage): { readonly storage: Storage; readonly puts: string[] } {
  const puts: string[] = [];
  return {
    puts,
    storage: {
      ...storage,
      async put(table, key, value) {
        puts.push(key.replace(/[0-9a-f]{64}/, 'w'));
        await storage.put(table, key, value);
      },
    },
  };
}

describe('[D22] verified entries on the device', () => {
  it('come back as they were, however many', async () => {
    for (const size of [1, 255, 256, 257, 700]) {
      const { keeper, storage } = open();
      expect(await keeper.load()).toBeUndefined();
      keeper.grown(logOf(size));
      await keeper.close();
      expect(await reload(storage)).toEqual({ first: 0, ...logOf(size) });
    }
  });

  it('are written in batches, once a second, and only the chunks that grew', async () => {
    const { puts, storage } = counted(createMemoryStorage());
    const { keeper, clock } = open('a', storage);
    for (let size = 1; size <= 520; size++) keeper.grown(logOf(size));
    expect(puts).toEqual([]);
    await clock.advance(1_000);
    expect(puts).toEqual(['chunk/w/000000', 'chunk/w/000001', 'chunk/w/000002', 'head/w']);
    keeper.grown(logOf(530));
    await clock.advance(1_000);
    expect(puts.slice(4)).toEqual(['chunk/w/000002', 'head/w']);
    expect(await reload(storage)).toEqual({ first: 0, ...logOf(530) });
    expect(clock.timers).toBe(0);
  });

  it('are what the head says if a page died between the chunk and its head', async () => {
    const { keeper, storage, clock } = open();
    keeper.grown(logOf(10));
    await clock.advance(1_000);
    const put = storage.put.bind(storage);
    storage.put = async (table, key, value) => {
      if (key.startsWith('head/')) throw new Error('the page was closed');
      await put(table, key, value);
    };
    keeper.grown(logOf(20));
    await keeper.close();
    expect(await reload(storage)).toEqual({ first: 0, ...logOf(10) });
  });

  it('are not shortened by a tab that knows less', async () => {
    const { keeper, storage, clock } = open();
    const slow = open('a', storage, clock).keeper;
    keeper.grown(logOf(300));
    await keeper.close();
    slow.grown(logOf(20));
    await slow.close();
    expect(await reload(storage)).toEqual({ first: 0, ...logOf(300) });
    slow.grown(logOf(301));
    await slow.close();
    expect(await reload(storage)).toEqual({ first: 0, ...logOf(301) });
  });

  it('are given up when a chunk is gone', async () => {
    const { keeper, storage } = open();
    keeper.grown(logOf(300));
    await keeper.close();
    const [first] = await storage.list('logs', 'chunk/');
    await storage.delete('logs', first?.[0] ?? '');
    expect(await reload(storage)).toBeUndefined();
  });

  it(`are of the newest ${KEPT_WORLDS} worlds`, async () => {
    const storage = createMemoryStorage();
    const clock = createTestClock();
    for (let n = 0; n < KEPT_WORLDS + 3; n++) {
      const { keeper } = open(n, storage, clock);
      keeper.grown(logOf(2));
      await clock.advance(1_000);
    }
    const kept = await Promise.all(
      Array.from({ length: KEPT_WORLDS + 3 }, async (_, n) => (await reload(storage, n)) !== undefined),
    );
    expect(kept).toEqual([false, false, false, ...Array.from({ length: KEPT_WORLDS }, () => true)]);
    expect(await storage.list('logs', '')).toHaveLength(2 * KEPT_WORLDS);
  });

  it('stop growing at a bound', async () => {
    const { keeper, storage } = open();
    keeper.grown({
      entries: Array.from({ length: KEPT_ENTRIES + 1 }, () => new Uint8Array(1)),
      checkpoint: new Uint8Array(1),
    });
    await keeper.close();
    expect(await reload(storage)).toBeUndefined();
  });

  it('cost nothing but themselves where the storage fails', async () => {
    const storage = createMemoryStorage();
    storage.put = async () => Promise.reject(new Error('quota'));
    const { keeper } = open('a', storage);
    keeper.grown(logOf(3));
    await expect(keeper.close()).resolves.toBeUndefined();
    storage.get = async () => Promise.reject(new Error('forbidden'));
    expect(await keeper.load()).toBeUndefined();
  });
});
