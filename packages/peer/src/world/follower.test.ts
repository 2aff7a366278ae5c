import {
  type AnyGame,
  type Bytes,
  encodeEntryBundle,
  entryBundlePath,
  leafHash,
  merkleRoot,
  sha256,
  signCheckpoint,
  utf8ToBytes,
} from '@fairground/ledger';
import { counter, type Driver, openDriver } from '@fairground/ledger/testing';
import { encodeTailBatch, TAIL_ROOT } from '@fairground/protocol';
import { Awareness } from 'y-protocols/awareness';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { DocumentStatus, OpenDocument } from '../document.ts';
import { seedIdentity } from '../identity.ts';
import { createLive, type WritableLive } from '../live.ts';
import { createOutbox } from '../outbox/outbox.ts';
import { createMemoryStorage } from '../storage/memoryStorage.ts';
import { createTestClock, settle } from '../testClock.fixture.ts';
import { followWorld } from './follower.ts';

/** The counter with what a screen needs. */
const played = { ...counter, view: (state: { total: number }) => ({ total: state.total }), chores: () => [] };
const gameFor = (name: string): AnyGame | undefined => (name === 'counter' ? played : undefined);
const identity = seedIdentity(sha256(utf8ToBytes('a device')));

interface Tail extends OpenDocument {
  readonly status: WritableLive<DocumentStatus>;
  push(first: number, entries: readonly Bytes[], checkpoint: Bytes): void;
}

function openTail(): Tail {
  const doc = new Y.Doc();
  const status = createLive<DocumentStatus>('connecting');
  return {
    doc,
    awareness: new Awareness(doc),
    status,
    refusedWith: undefined,
    reconnect: () => {},
    close: () => status.set('offline'),
    push: (first, entries, checkpoint) =>
      doc
        .getArray<Uint8Array>(TAIL_ROOT)
        .push([encodeTailBatch({ first, entries: [...entries], checkpoint })]),
  };
}

async function sign(driver: Driver<unknown>, size = driver.entries.length): Promise<Bytes> {
  const root = merkleRoot(driver.entries.slice(0, size).map(leafHash));
  return signCheckpoint(driver.authority, { origin: driver.world.origin, size, root });
}

function follow(driver: Driver<unknown>, log = new Map<string, Bytes>()) {
  const clock = createTestClock(driver.now);
  const tails: Tail[] = [];
  const outbox = createOutbox({
    storage: createMemoryStorage(),
    identity,
    clock,
    now: clock.now,
    random: (length) => new Uint8Array(length),
    deliver: async () => ({ kind: 'retry' }),
    fetchHead: async () => undefined,
  });
  const follower = followWorld({
    world: driver.world.opening.world,
    identity,
    outbox,
    clock,
    gameFor,
    openTail() {
      const tail = openTail();
      tails.push(tail);
      return tail;
    },
    readLog: async (path) => log.get(path),
    secret: new Uint8Array(32),
    clockOffset: 0,
  });
  const tail = () => {
    const newest = tails.at(-1);
    if (!newest) throw new Error('a follower opens a tail at once');
    return newest;
  };
  return { follower, clock, tail, tails, log };
}

async function adding(counts: readonly number[]): Promise<Driver<unknown>> {
  const driver = openDriver({ game: counter, config: { goal: 1000 }, seed: 'follow' });
  const ada = driver.actor('ada');
  await driver.send(ada, 'join', { name: 'Ada' });
  for (const count of counts) await driver.send(ada, 'add', { count });
  return driver;
}

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
});
