import {
  type Bytes,
  decodeEntry,
  encodeEntry,
  encodeEntryBundle,
  entryBundlePath,
  leafHash,
  merkleRoot,
  seedSigner,
  signCheckpoint,
  unwrap,
  verify,
  zipSource,
} from '@fairground/ledger';
import { buildWorld, counter, guessing, openDriver, signEntries } from '@fairground/ledger/testing';
import { describe, expect, it } from 'vitest';
import { settle } from '../testClock.fixture.ts';
import { adding, follow, sign } from './follow.fixture.ts';

describe('a follower', () => {
  it('[D11] shows what it has verified, and is live while the tail is', async () => {
    const driver = await adding([2, 3]);
    const { follower, tail } = follow(driver);
    expect(follower.value).toMatchObject({ status: 'loading', size: 0 });
    tail().push(0, driver.entries, await sign(driver));
    tail().status.set('online');
    await settle();
    expect(follower.value).toMatchObject({
      status: 'live',
      size: 4,
      verified: { level: 'audited', to: 4 },
      view: { total: 5 },
    });
    tail().status.set('offline');
    expect(follower.value).toMatchObject({ status: 'offline', view: { total: 5 } });
  });

  it('[D11] opens the tail anew when it was rewritten, and goes on with an honest one', async () => {
    const driver = await adding([2]);
    const { follower, tail, tails, clock } = follow(driver);
    const rewritten = driver.entries.map((entry, i) => (i === 2 ? entry.slice(0, -1) : entry));
    tail().push(0, rewritten, await sign(driver));
    tail().status.set('online');
    await settle();
    expect(follower.value).toMatchObject({ size: 0, fault: { blame: 'transport' } });
    await clock.advance(2_000);
    expect(tails).toHaveLength(2);
    tail().push(0, driver.entries, await sign(driver));
    tail().status.set('online');
    await settle();
    expect(follower.value).toMatchObject({ status: 'live', view: { total: 2 } });
    expect(follower.value.fault).toBeUndefined();
  });

  it('[D11] believes the tiles when the tail was rewritten again and again', async () => {
    const driver = await adding([2]);
    const rewritten = driver.entries.map((entry, i) => (i === 2 ? entry.slice(0, -1) : entry));
    const size = driver.entries.length;
    const log = new Map([
      ['checkpoint', await sign(driver)],
      [entryBundlePath(0, size), encodeEntryBundle(driver.entries)],
    ]);
    const { follower, tail, tails, clock } = follow(driver, log);
    for (let bad = 1; bad <= 3; bad++) {
      expect(follower.value.size).toBe(0);
      expect(tails).toHaveLength(bad);
      tail().push(0, rewritten, await sign(driver));
      tail().status.set('online');
      await settle();
      if (bad < 3) await clock.advance(2_000);
    }
    expect(follower.value).toMatchObject({ size, view: { total: 2 }, charges: [] });
    expect(follower.value.fault).toBeUndefined();
  });

  it('[D14] asks for tiles that nobody it knows has signed again after a while, not at once and without end', async () => {
    const driver = await adding([2]);
    const [size, stranger] = [driver.entries.length, seedSigner(new Uint8Array(32).fill(9))];
    const foreign = await signEntries(stranger, driver.world.origin, driver.entries);
    const log = new Map([
      ['checkpoint', foreign],
      [entryBundlePath(0, size), encodeEntryBundle(driver.entries)],
    ]);
    let asked = 0;
    const get = log.get.bind(log);
    // Past what can be right it is unreachable, so that the test ends.
    log.get = (path) => (path === 'checkpoint' && ++asked > 50 ? undefined : get(path));
    const { follower, tail, clock } = follow(driver, log);
    tail().push(1, driver.entries.slice(1), foreign);
    tail().status.set('online');
    await settle();
    await clock.advance(6_500);
    expect(asked).toBeGreaterThan(1);
    expect(asked).toBeLessThan(10);
    expect(follower.value.size).toBe(0);
    log.set('checkpoint', await sign(driver));
    await clock.advance(2_000);
    expect(follower.value).toMatchObject({ size, view: { total: 2 } });
  });

  it('[D12] stops at what the authority signed against the rules, and names the entry', async () => {
    const driver = await adding([2]);
    const { follower, tail } = follow(driver);
    const lie = driver.entries.slice(0, 1);
    const entries = [...driver.entries, ...lie];
    const root = merkleRoot(entries.map(leafHash));
    tail().push(
      0,
      entries,
      await signCheckpoint(driver.authority, { origin: driver.world.origin, size: entries.length, root }),
    );
    tail().status.set('online');
    await settle();
    expect(follower.value).toMatchObject({ status: 'fault', fault: { blame: 'authority', index: 3 } });
  });

  it('[D90] asks again when a relay does not know a world that it holds: one that was restored learns of it later (seed 100)', async () => {
    const driver = await adding([1]);
    const { follower, clock, tail, tails } = follow(driver);
    tail().push(0, driver.entries, await sign(driver));
    tail().status.set('online');
    await clock.advance(0);
    tail().refuse('document_unknown');
    expect(follower.value).toMatchObject({ status: 'offline', size: driver.entries.length });
    await clock.advance(14_000);
    expect(tails).toHaveLength(1);
    await clock.advance(2_000);
    expect(tails).toHaveLength(2);
    tail().status.set('online');
    expect(follower.value.status).toBe('live');
  });

  it('[D90] says of a world that it does not hold that it is unknown, and asks again: its device may have lost it too (seed 689)', async () => {
    const driver = await adding([1]);
    const { follower, clock, tail, tails } = follow(driver);
    tail().refuse('document_unknown');
    await clock.advance(14_000);
    expect(tail().redials).toBe(0);
    await clock.advance(2_000);
    expect(tail().redials).toBe(1);
    // Meanwhile nothing else is shown than before.
    expect(follower.value).toMatchObject({ status: 'offline', size: 0, refusedWith: 'document_unknown' });
    tail().refuse('document_unknown');
    await clock.advance(16_000);
    expect([tail().redials, tails.length]).toEqual([2, 1]);
    tail().push(0, driver.entries, await sign(driver));
    tail().status.set('online');
    await clock.advance(60_000);
    expect(follower.value).toMatchObject({ status: 'live', size: driver.entries.length });
    expect(tail().redials).toBe(2);
  });

  it('[D90] what a relay refuses for good is not asked for again', async () => {
    const { clock, tail } = follow(await adding([1]));
    tail().refuse('capability_needed');
    await clock.advance(60_000);
    expect(tail().redials).toBe(0);
  });

  it('[D91] says with which code the relay refuses its tail, and that is over once it comes', async () => {
    const driver = await adding([1]);
    const { follower, tail } = follow(driver);
    expect(follower.value.refusedWith).toBeUndefined();
    tail().refuse('capability_needed');
    expect(follower.value).toMatchObject({ status: 'offline', refusedWith: 'capability_needed' });
    tail().push(0, driver.entries, await sign(driver));
    tail().status.set('online');
    await settle();
    expect(follower.value.status).toBe('live');
    expect(follower.value.refusedWith).toBeUndefined();
  });

  it('[D14] reads from the tiles what the tail no longer holds', async () => {
    const driver = await adding(Array.from({ length: 300 }, () => 1));
    const size = driver.entries.length;
    const log = new Map<string, Bytes>([['checkpoint', await sign(driver, size - 2)]]);
    log.set(entryBundlePath(0), encodeEntryBundle(driver.entries.slice(0, 256)));
    log.set(entryBundlePath(1, size - 2 - 256), encodeEntryBundle(driver.entries.slice(256, size - 2)));
    const { follower, tail } = follow(driver, log);
    tail().push(size - 2, driver.entries.slice(-2), await sign(driver));
    tail().status.set('online');
    await settle();
    expect(follower.value).toMatchObject({ status: 'live', size, view: { total: 300 } });
  });

  it('[D15] estimates the authority’s clock from the least delayed live entry', async () => {
    const driver = await adding([1]);
    const { follower, tail, clock } = follow(driver);
    tail().push(0, driver.entries, await sign(driver));
    tail().status.set('online');
    await settle();
    let from = driver.entries.length;
    for (const delay of [80, 20, 50]) {
      await clock.advance(1000);
      driver.now = clock.now() + 5_000 - delay;
      await driver.send(driver.actor('ada'), 'add', { count: 1 });
      tail().push(from, driver.entries.slice(from), await sign(driver));
      from = driver.entries.length;
      await settle();
    }
    expect(follower.value.clockOffset).toBe(4_980);
  });

  it('[D15] takes the relay’s time for the authority’s until a live entry tells it', async () => {
    const driver = await adding([1]);
    const { follower, tail, clock } = follow(driver, new Map(), { guess: -300 });
    await settle();
    expect(follower.value.clockOffset).toBe(-300);
    tail().push(0, driver.entries, await sign(driver));
    tail().status.set('online');
    await settle();
    expect(follower.value).toMatchObject({ status: 'live', clockOffset: -300 });
    await clock.advance(1000);
    driver.now = clock.now() - 250;
    const from = driver.entries.length;
    await driver.send(driver.actor('ada'), 'add', { count: 1 });
    tail().push(from, driver.entries.slice(from), await sign(driver));
    await settle();
    expect(follower.value.clockOffset).toBe(-250);
  });

  it('[D20] finds at once that an authority calls a good seal void', async () => {
    const honest = await buildWorld({ game: counter, config: { goal: 9 }, seed: 'void', script: guessing });
    const lied = honest.entries.map((bytes) => {
      const entry = unwrap(decodeEntry(bytes));
      if (entry.kind !== 'lot') return bytes;
      return encodeEntry({ ...entry, openings: [], void: entry.openings.map(({ index }) => index) });
    });
    const index = lied.findIndex((bytes, i) => bytes !== honest.entries[i]);
    const { follower, tail } = follow({
      ...openDriver({ game: counter, config: { goal: 9 }, seed: 'void' }),
    });
    tail().status.set('online');
    const signed = (size: number) => signEntries(honest.authority, honest.world.origin, lied.slice(0, size));
    tail().push(0, lied.slice(0, index), await signed(index));
    await settle();
    expect(follower.value).toMatchObject({ status: 'live', verified: { level: 'audited', to: index } });
    tail().push(index, lied.slice(index, index + 1), await signed(index + 1));
    await settle();
    expect(follower.value).toMatchObject({
      status: 'fault',
      size: index,
      fault: { blame: 'authority', code: 'lot_void_false', index },
    });
  });

  it('[D21] takes home what it has verified, also without a relay', async () => {
    const driver = await adding([2, 3]);
    const { follower, tail } = follow(driver);
    await expect(follower.takeHome()).rejects.toThrow('nothing is verified');
    tail().push(0, driver.entries, await sign(driver));
    tail().status.set('online');
    await settle();
    tail().status.set('offline');
    const source = unwrap(zipSource(await follower.takeHome()));
    const report = await verify(source, { games: [counter], level: 'full' });
    expect(report).toMatchObject({ valid: true, size: 4 });
  });
});
