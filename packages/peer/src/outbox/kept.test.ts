import { seedSigner, sha256, signReceipt, utf8ToBytes } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import { createMemoryStorage } from '../storage/memoryStorage.ts';
import { createTestClock, settle } from '../testClock.fixture.ts';
import { createChain, createDevice, openPage, receiptOf, world } from './device.fixture.ts';
import type { OutboxRecord } from './record.ts';

const add = (count: number) => ({ kind: 'add', body: { count } });
const authority = seedSigner(sha256(utf8ToBytes('an authority')));
const receiptBy = (signer: typeof authority, record: OutboxRecord) =>
  signReceipt(signer, {
    world,
    origin: 'a/b',
    keyId: world.slice(0, 4),
    intentHash: record.hash,
    leafHash: world,
    index: 7,
    at: 1,
  });

describe('what lies in storage', () => {
  it('[D33] that cannot be read is set aside, counted, and neither stops the chain nor is lost', async () => {
    const storage = createMemoryStorage();
    const clock = createTestClock();
    const chain = createChain();
    const first = openPage(storage, clock, chain.judge);
    for (const count of [1, 2]) await first.submit(world, add(count));
    await settle();
    first.close();
    const [, [key, value] = []] = await storage.list('outbox', '');
    if (key === undefined) throw new Error('two rows');
    await storage.put('outbox', key, { ...(value as OutboxRecord), bytes: 'no bytes' });
    const page = openPage(storage, clock, chain.judge, { fetchHead: async () => chain.head });
    await page.loaded(world);
    expect(page.unreadable.value).toBe(1);
    await page.submit(world, add(3));
    await clock.advance(5_000);
    expect(chain.counted).toEqual([1, 2, 3]);
    const aside = (await storage.list('outbox', 'unreadable/')).map(([, row]) => row);
    expect(aside).toMatchObject([{ bytes: 'no bytes' }]);
  });

  it('[D33] of the version before is read, and what a newer one has added stays', async () => {
    const storage = createMemoryStorage();
    const clock = createTestClock();
    const waiting = openPage(storage, clock, () => ({ kind: 'retry' }));
    for (const count of [1, 2]) await waiting.submit(world, add(count));
    waiting.close();
    const [old, newer] = await storage.list('outbox', '');
    if (!old || !newer) throw new Error('two rows');
    const { v: _v, rev: _rev, ...before } = old[1] as OutboxRecord;
    await storage.put('outbox', old[0], before);
    await storage.put('outbox', newer[0], { ...(newer[1] as OutboxRecord), v: 2, mood: 'good' });
    const page = openPage(storage, clock, (record) => receiptOf(record));
    await page.resume();
    await settle();
    expect(page.records(world).value).toMatchObject([
      { state: 'counted', rev: 1 },
      { state: 'counted', v: 2, mood: 'good' },
    ]);
  });

  it('[D41] failed intents are there after a reload, where they would have stood', async () => {
    const storage = createMemoryStorage();
    const clock = createTestClock();
    const first = openPage(storage, clock, (record) =>
      record.plan.kind === 'join' ? { kind: 'failed', code: 'name_taken' } : receiptOf(record),
    );
    await first.submit(world, { kind: 'join', body: {} });
    await first.submit(world, add(1));
    await settle();
    first.close();
    const later = openPage(storage, clock, (record) => receiptOf(record));
    await later.loaded(world);
    expect(later.records(world).value).toMatchObject([
      { state: 'failed', code: 'name_taken', plan: { kind: 'join' } },
      { state: 'counted', seq: 0 },
    ]);
  });

  it('[D39] the verified log has the last word over what a reply has said', async () => {
    const clock = createTestClock();
    const page = openPage(createMemoryStorage(), clock, (record) => receiptOf(record, 'too_late'));
    const record = await page.submit(world, add(1));
    await settle();
    expect(page.records(world).value).toMatchObject([{ state: 'refused', code: 'too_late' }]);
    await page.settle(world, record.hash, 4, undefined);
    const [now] = page.records(world).value;
    expect([now?.state, now?.code, now?.index]).toEqual(['counted', undefined, 4]);
  });
});

describe('a worker at a background sync', () => {
  /** A page has stored two, and was closed before they were sent. */
  async function closedPage() {
    const device = createDevice();
    const clock = createTestClock();
    const page = openPage(device.page(), clock, () => new Promise(() => {}));
    for (const count of [1, 2]) await page.submit(world, add(count));
    page.close();
    const workersClock = createTestClock();
    const flush = async (signer: typeof authority | 'nobody') => {
      const deaf = { ...device.page(), watch: () => () => {} };
      const worker = openPage(deaf, workersClock, async (record) =>
        signer === 'nobody'
          ? { kind: 'retry' }
          : { kind: 'receipt', receipt: await receiptBy(signer, record), index: 7, isVerified: false },
      );
      const isAllSent = await worker.flush();
      worker.close();
      expect(workersClock.timers).toBe(0);
      return isAllSent;
    };
    return { device, clock, flush };
  }

  it('[D36] sends what a closed page has left, and keeps the receipts for it', async () => {
    const { device, flush } = await closedPage();
    expect(await flush(authority)).toBe(true);
    const rows = (await device.storage.list('outbox', '')).map(([, row]) => row);
    expect(rows).toMatchObject([
      { state: 'received', claim: { index: 7 } },
      { state: 'received', claim: { index: 7 } },
    ]);
  });

  it('[D36] says when some of it has to be sent later, and the next sync sends it', async () => {
    const { device, flush } = await closedPage();
    expect(await flush('nobody')).toBe(false);
    expect(await flush(authority)).toBe(true);
    const rows = (await device.storage.list('outbox', '')).map(([, row]) => row);
    expect(rows).toMatchObject([{ state: 'received' }, { state: 'received' }]);
  });

  it('[D36] has nothing to do where all is sent', async () => {
    const { flush } = await closedPage();
    await flush(authority);
    expect(await flush('nobody')).toBe(true);
  });

  it('[D37] its receipts count when a page knows the authority, without asking again', async () => {
    const { device, clock, flush } = await closedPage();
    await flush(authority);
    let isKnown = false;
    const sent: number[] = [];
    const page = openPage(device.page(), clock, (record) => (sent.push(record.seq), { kind: 'retry' }), {
      authorityOf: () => (isKnown ? authority.key : undefined),
    });
    await page.resume();
    await clock.advance(60_000);
    expect(page.records(world).value.map(({ state }) => state)).toEqual(['received', 'received']);
    isKnown = true;
    await page.heard(world);
    expect(page.records(world).value).toMatchObject([{ state: 'counted', index: 7 }, { state: 'counted' }]);
    expect(page.records(world).value[0]?.claim).toBeUndefined();
    expect(sent).toEqual([]);
  });

  it('[D37] receipts that somebody else has signed count nothing, and all is sent again', async () => {
    const { device, clock, flush } = await closedPage();
    await flush(seedSigner(world));
    const sent: number[] = [];
    const page = openPage(device.page(), clock, (record) => (sent.push(record.seq), receiptOf(record)), {
      authorityOf: () => authority.key,
    });
    await page.resume();
    await page.heard(world);
    await clock.advance(1_000);
    expect([sent, page.records(world).value.map(({ state }) => state)]).toEqual([
      [0, 1],
      ['counted', 'counted'],
    ]);
  });

  it('[D37] a page that is open takes over what the worker has stored', async () => {
    const { device, clock, flush } = await closedPage();
    const page = openPage(device.page(), clock, () => new Promise(() => {}), {
      authorityOf: () => authority.key,
    });
    await page.loaded(world);
    await flush(authority);
    await settle();
    expect(page.records(world).value.map(({ state }) => state)).toEqual(['counted', 'counted']);
  });
});
