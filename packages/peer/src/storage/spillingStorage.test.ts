import { sha256, utf8ToBytes } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import { createTestClock, settle } from '../testClock.fixture.ts';
import { openPage, receiptOf, world } from '../outbox/device.fixture.ts';
import { createMemoryStorage } from './memoryStorage.ts';
import { createSpillingStorage } from './spillingStorage.ts';
import type { Storage } from './storage.ts';

const aborted = () => Promise.reject(new DOMException('aborted', 'AbortError'));
const full = () => Promise.reject(new DOMException('no room', 'QuotaExceededError'));
const gone = () => Promise.reject(new DOMException('closed', 'InvalidStateError'));

/** A device that takes so many rows in all, as the browser counts: what is deleted makes room. */
function device(room: number, says = full) {
  const memory = createMemoryStorage();
  const used = async () => (await memory.list('outbox', '')).length + (await memory.list('logs', '')).length;
  const grows = async <T>(by: number, write: () => Promise<T>): Promise<T> =>
    by > 0 && (await used()) + by > room ? says() : write();
  const storage: Storage = {
    ...memory,
    put: (...row) => grows(1, () => memory.put(...row)),
    add: (...row) => grows(1, () => memory.add(...row)),
    swap: (...rows) => grows(rows[2].length - rows[1].length, () => memory.swap(...rows)),
    isKept: () => true,
  };
  return { memory, storage };
}

const add = (count: number) => ({ kind: 'add', body: { count } });

describe('[D34] a device whose storage is full', () => {
  it.each([full, aborted])('forgets first what the relay has too', async (says) => {
    const { memory, storage } = device(3, says);
    for (const n of [1, 2, 3]) await storage.put('logs', `chunk/${n}`, n);
    const page = openPage(createSpillingStorage(storage), createTestClock(), (record) => receiptOf(record));
    const record = await page.submit(world, add(1));
    expect(record.unkept).toBeUndefined();
    expect(await memory.list('outbox', '')).toHaveLength(1);
    expect(await memory.list('logs', '')).toEqual([]);
  });

  it('holds an intent in memory, says so, and sends it all the same', async () => {
    const { memory, storage } = device(1);
    const clock = createTestClock();
    let online = false;
    const page = openPage(createSpillingStorage(storage), clock, (record) =>
      online ? receiptOf(record) : { kind: 'retry' },
    );
    for (const count of [1, 2]) await page.submit(world, add(count));
    await settle();
    expect(page.records(world).value.map(({ state, unkept = false }) => [state, unkept])).toEqual([
      ['stored', false],
      ['stored', true],
    ]);
    expect(await memory.list('outbox', '')).toHaveLength(1);
    online = true;
    await clock.advance(10_000);
    expect(page.records(world).value.map(({ state }) => state)).toEqual(['counted', 'counted']);
  });

  it('gives two pages whose rows are in memory no worse than a fork to be signed again', async () => {
    const pages = [1, 2].map(() => createSpillingStorage(device(0).storage));
    const row = ['outbox', 'a/b/000000000000', 1] as const;
    expect(await Promise.all(pages.map((page) => page.add(...row)))).toEqual([true, true]);
    expect(await pages[0]?.add(...row)).toBe(false);
  });
});

describe('[D34] a device whose storage is closed to the page', () => {
  it('goes on in memory: stores, lists, swaps and deletes', async () => {
    const memory = createMemoryStorage();
    await memory.put('outbox', 'old', 1);
    const page = createSpillingStorage({
      ...memory,
      get: gone,
      put: gone,
      add: gone,
      delete: gone,
      list: gone,
      swap: gone,
      isKept: () => true,
    });
    await page.put('outbox', 'a', 1);
    expect(await page.add('outbox', 'a', 2)).toBe(false);
    expect(await page.add('outbox', 'b', 2)).toBe(true);
    const same = (a: unknown, b: unknown) => a === b;
    expect(await page.swap('outbox', [['a', 9]], [['c', 3]], same)).toBe(false);
    expect(await page.swap('outbox', [['a', 1]], [['b', 3]], same)).toBe(false);
    expect(await page.swap('outbox', [['a', 1]], [['c', 3]], same)).toBe(true);
    await page.delete('outbox', 'b');
    expect(await page.list('outbox', '')).toEqual([['c', 3]]);
    expect([await page.get('outbox', 'a'), page.isKept('outbox', 'c')]).toEqual([undefined, false]);
  });

  it('hides what it could not delete, and keeps what it can again', async () => {
    const memory = createMemoryStorage();
    await memory.put('outbox', 'a', 1);
    let isBroken = true;
    const page = createSpillingStorage({
      ...memory,
      delete: (...at) => (isBroken ? gone() : memory.delete(...at)),
      put: (...row) => (isBroken ? gone() : memory.put(...row)),
      isKept: () => true,
    });
    await page.delete('outbox', 'a');
    expect([await page.get('outbox', 'a'), await page.list('outbox', '')]).toEqual([undefined, []]);
    await page.put('outbox', 'b', 2);
    expect(page.isKept('outbox', 'b')).toBe(false);
    isBroken = false;
    await page.put('outbox', 'b', 3);
    expect([page.isKept('outbox', 'b'), await memory.get('outbox', 'b')]).toEqual([true, 3]);
  });

  it('refuses to hold in memory what is only kept for speed', async () => {
    const page = createSpillingStorage({ ...createMemoryStorage(), put: full });
    await expect(page.put('logs', 'a', sha256(utf8ToBytes('a')))).rejects.toThrow('no room');
  });
});
