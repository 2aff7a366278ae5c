import { type Bytes, encodeEntryBundle, entryBundlePath } from '@fairground/ledger';
import type { Driver } from '@fairground/ledger/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../testClock.fixture.ts';
import { follow, sign } from './follow.fixture.ts';
import { longWorld, serve } from './longWorld.fixture.ts';

let driver: Driver<unknown>;
let served: ReadonlyMap<string, Bytes>;

beforeAll(async () => {
  driver = await longWorld();
  served = await serve(driver);
});

/** A log that remembers what was asked for. */
class AskedLog extends Map<string, Bytes> {
  readonly asked: string[] = [];

  override get(path: string): Bytes | undefined {
    this.asked.push(path);
    return super.get(path);
  }

  times(n: number): number {
    return this.asked.filter((path) => path === entryBundlePath(n)).length;
  }
}

async function followed(bend: (log: AskedLog) => void) {
  const log = new AskedLog(served);
  bend(log);
  const opened = follow(driver, log);
  opened.tail().push(4_200, driver.entries.slice(4_200), await sign(driver));
  opened.tail().status.set('online');
  await settle();
  return { ...opened, log };
}

const whole = (n: number): Bytes => served.get(entryBundlePath(n)) ?? new Uint8Array(0);

describe('[D211] what comes before a snapshot and cannot be had', () => {
  it('is asked for later each time, and nothing that was read is read twice', async () => {
    const { follower, clock, log } = await followed((bent) => bent.delete(entryBundlePath(3)));
    await clock.advance(60_000);
    const inAMinute = log.times(3);
    expect(inAMinute).toBeLessThan(16);
    await clock.advance(60_000);
    expect(log.times(3) - inAMinute).toBeLessThan(inAMinute);
    expect([0, 1, 2].map((n) => log.times(n))).toEqual([1, 1, 1]);
    log.set(entryBundlePath(3), whole(3));
    await clock.advance(15_000);
    expect(follower.value.verified).toEqual({ level: 'audited', to: 4_300 });
    expect([0, 1, 2, 4].map((n) => log.times(n))).toEqual([1, 1, 1, 1]);
  });

  it('is all read anew where it was not what was signed, no sooner than if it had not come', async () => {
    const other = encodeEntryBundle(driver.entries.slice(0, 256).with(9, driver.entries[8] ?? whole(0)));
    const { follower, clock, log } = await followed((bent) => bent.set(entryBundlePath(0), other));
    await clock.advance(60_000);
    expect(follower.value).toMatchObject({ charges: [], verified: { level: 'replayed' } });
    expect(log.times(1)).toBe(log.times(0));
    expect(log.times(0)).toBeGreaterThan(1);
    expect(log.times(0)).toBeLessThan(16);
    log.set(entryBundlePath(0), whole(0));
    await clock.advance(15_000);
    expect(follower.value.verified.level).toBe('audited');
  });
});
