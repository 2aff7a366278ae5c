import { type Bytes, encodeEntryBundle, entryBundlePath } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import { createMemoryStorage } from '../storage/memoryStorage.ts';
import { settle } from '../testClock.fixture.ts';
import { adding, chores, follow, sign } from './follow.fixture.ts';

describe('a follower after a reload', () => {
  /** What one page has verified, kept. */
  async function kept(counts: readonly number[]) {
    const driver = await adding(counts);
    const storage = createMemoryStorage();
    const { follower, tail } = follow(driver, new Map(), { storage });
    tail().push(0, driver.entries, await sign(driver));
    tail().status.set('online');
    await settle();
    follower.close();
    await settle();
    return { driver, storage };
  }

  it('[D22] shows what it had verified though the relay is away', async () => {
    const { driver, storage } = await kept([2, 3]);
    const { follower, tail } = follow(driver, new Map(), { storage });
    await settle();
    tail().status.set('offline');
    expect(follower.value).toMatchObject({
      status: 'offline',
      size: 4,
      verified: { level: 'audited', to: 4 },
      view: { total: 5 },
    });
  });

  it('[D22] goes on from there with what the tail holds', async () => {
    const { driver, storage } = await kept([2, 3]);
    await driver.send(driver.actor('ada'), 'add', { count: 4 });
    const { follower, tail } = follow(driver, new Map(), { storage });
    tail().push(4, driver.entries.slice(4), await sign(driver));
    tail().status.set('online');
    await settle();
    expect(follower.value).toMatchObject({ status: 'live', size: 5, view: { total: 9 } });
  });

  it('[D22] asks the log when the tail is empty, for all may have been sealed meanwhile', async () => {
    const { driver, storage } = await kept([2, 3]);
    driver.close('abandoned');
    const size = driver.entries.length;
    const log = new Map([
      ['checkpoint', await sign(driver)],
      [entryBundlePath(0, size), encodeEntryBundle(driver.entries)],
    ]);
    const { follower, tail, clock } = follow(driver, log, { storage });
    tail().status.set('online');
    await settle();
    expect(follower.value).toMatchObject({ status: 'closed', size });
    follower.close();
    await settle();
    const again = follow(driver, log, { storage });
    again.tail().status.set('online');
    await settle();
    expect(again.follower.value).toMatchObject({ status: 'closed', size });
    again.follower.close();
    await settle();
    expect([clock.timers, again.clock.timers]).toEqual([0, 0]);
  });

  it('[D22] asks again where what the log says is not what was signed', async () => {
    const { driver, storage } = await kept([2, 3]);
    const before = driver.entries.length;
    driver.close('abandoned');
    const size = driver.entries.length;
    const first = entryBundlePath(0, size);
    const older = driver.entries.with(size - 1, driver.entries[1] ?? new Uint8Array(0));
    const log = new Map([
      ['checkpoint', await sign(driver)],
      [first, encodeEntryBundle(older)],
    ]);
    const { follower, tail, clock } = follow(driver, log, { storage });
    tail().status.set('online');
    await settle();
    expect(follower.value).toMatchObject({ size: before, charges: [] });
    log.set(first, encodeEntryBundle(driver.entries));
    await clock.advance(10_000);
    expect(follower.value).toMatchObject({ status: 'closed', size });
    follower.close();
  });

  it('[D22] does its chores though the log says nothing new', async () => {
    const { driver, storage } = await kept([2]);
    const asked: string[] = [];
    chores.list = (state) => {
      asked.push(JSON.stringify(state.total));
      return [];
    };
    const { tail } = follow(driver, new Map([['checkpoint', await sign(driver)]]), { storage });
    await settle();
    expect(asked).toEqual([]); // what is kept may be old
    tail().status.set('online');
    await settle();
    chores.list = () => [];
    expect(asked).toEqual(['2']);
  });

  it('[D22] believes nothing that was changed on the device', async () => {
    const { driver, storage } = await kept([2, 3]);
    const [chunk] = await storage.list('logs', 'chunk/');
    if (!chunk) throw new Error('a chunk was kept');
    const [key, entries] = chunk as [string, Bytes[]];
    await storage.put(
      'logs',
      key,
      entries.map((entry, i) => (i === 2 ? entry.slice(0, -1) : entry)),
    );
    const { follower, tail } = follow(driver, new Map(), { storage });
    await settle();
    expect(follower.value).toMatchObject({ size: 0 });
    tail().push(0, driver.entries, await sign(driver));
    tail().status.set('online');
    await settle();
    expect(follower.value).toMatchObject({ status: 'live', size: 4 });
  });
});

describe('a tail that was made anew', () => {
  it('[D23] is opened again; what was verified stays', async () => {
    const driver = await adding([2]);
    const { follower, tail, tails, clock } = follow(driver);
    tail().push(0, driver.entries, await sign(driver));
    tail().status.set('online');
    await settle();
    tail().refuse('document_reset');
    expect(follower.value).toMatchObject({ status: 'offline', size: 3 });
    await clock.advance(2_000);
    expect(tails).toHaveLength(2);
    tail().push(0, driver.entries, await sign(driver));
    tail().status.set('online');
    await settle();
    expect(follower.value).toMatchObject({ status: 'live', size: 3 });
  });
});
