import { sha256, utf8ToBytes } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import type { Storage } from '../storage/storage.ts';
import { createTestClock, settle } from '../testClock.fixture.ts';
import { createChain, createDevice, openPage, receiptOf, world } from './device.fixture.ts';
import type { Delivery } from './outbox.ts';
import type { OutboxRecord } from './record.ts';

const add = (count: number) => ({ kind: 'add', body: { count } });
const states = (outbox: ReturnType<typeof openPage>) =>
  outbox.records(world).value.map(({ seq, state }) => `${seq} ${state}`);

describe('several pages of one device', () => {
  it('[D46] show what another one has stored and what became of it', async () => {
    const clock = createTestClock();
    const device = createDevice();
    let reply: (delivery: Delivery) => void = () => {};
    const one = openPage(device.page(), clock, () => new Promise((resolve) => (reply = resolve)));
    const two = openPage(device.page(), clock, () => new Promise(() => {}));
    await two.loaded(world);
    const record = await one.submit(world, add(1));
    await settle();
    expect(states(two)).toEqual(['0 stored']);
    reply(receiptOf(record));
    await settle();
    expect(states(two)).toEqual(['0 counted']);
  });

  it('[D30] take turns: what one is sending the other does not send', async () => {
    const clock = createTestClock();
    const device = createDevice();
    const sent: number[] = [];
    let turns: Promise<unknown> = Promise.resolve();
    const turn = <T>(_: string, work: () => Promise<T>): Promise<T> => {
      const mine = turns.then(work);
      turns = mine.catch(() => {});
      return mine;
    };
    const deliver = (record: OutboxRecord) => {
      sent.push(record.seq);
      return receiptOf(record);
    };
    const pages = [1, 2, 3].map(() => openPage(device.page(), clock, deliver, { turn }));
    for (const page of pages) await page.loaded(world);
    for (const [count, page] of pages.entries()) await page.submit(world, add(count));
    await settle();
    expect(sent).toEqual([0, 1, 2]);
  });

  it('[D43] plan a chore once between them', async () => {
    const clock = createTestClock();
    const device = createDevice();
    const pages = [1, 2].map(() => openPage(device.page(), clock, (record) => receiptOf(record)));
    const chore = { kind: 'share', body: { part: sha256(utf8ToBytes('mine')) } };
    await Promise.all(pages.map((page) => page.submit(world, chore, { once: true })));
    await settle();
    expect(await device.storage.list('outbox', '')).toHaveLength(1);
  });

  it('[D4] two that wait for one intent do not wake each other', async () => {
    const clock = createTestClock();
    const device = createDevice();
    let asked = 0;
    const deliver = (): Delivery => ({
      kind: 'kept',
      seen: { bytes: world, sig: new Uint8Array([asked++]) },
    });
    const pages = [1, 2].map(() => openPage(device.page(), clock, deliver));
    for (const page of pages) await page.loaded(world);
    await pages[0]?.submit(world, add(1));
    await clock.advance(40_000);
    expect(asked).toBeLessThan(30);
  });
});

describe('a chain that moved', () => {
  /** A storage that dies with its page in the middle of the n-th writing. */
  function mortal(storage: Storage, writes: number): Storage {
    let left = writes;
    const dies = async <T>(write: () => Promise<T>): Promise<T> =>
      left-- > 0 ? write() : new Promise<T>(() => {});
    return {
      ...storage,
      add: (...row) => dies(() => storage.add(...row)),
      put: (...row) => dies(() => storage.put(...row)),
      delete: (...row) => dies(() => storage.delete(...row)),
      swap: (...rows) => dies(() => storage.swap(...rows)),
    };
  }

  it.each([2, 3, 4, 5, 6])('[D31] loses nothing when the page dies at writing %i', async (writes) => {
    const clock = createTestClock();
    const device = createDevice();
    const chain = createChain();
    const elsewhere = openPage(createDevice().page(), clock, chain.judge);
    for (const count of [10, 11]) await elsewhere.submit(world, add(count));
    await settle();
    const dying = openPage(mortal(device.page(), writes), clock, chain.judge, {
      fetchHead: async () => chain.head,
    });
    for (const count of [1, 2]) await dying.submit(world, add(count));
    await clock.advance(60_000);
    dying.close();
    const later = openPage(device.page(), clock, chain.judge, { fetchHead: async () => chain.head });
    await later.resume();
    await clock.advance(60_000);
    expect(chain.counted).toEqual([10, 11, 1, 2]);
  });

  it('[D31] a reply to a former signing changes nothing', async () => {
    const clock = createTestClock();
    const chain = createChain();
    const elsewhere = openPage(createDevice().page(), clock, chain.judge);
    await elsewhere.submit(world, add(9));
    await settle();
    const device = createDevice();
    const replies: (() => void)[] = [];
    const late = openPage(
      device.page(),
      clock,
      (record) => new Promise((resolve) => replies.push(() => resolve(chain.judge(record)))),
      { fetchHead: async () => chain.head },
    );
    await late.submit(world, add(1));
    await settle();
    const quick = openPage(device.page(), clock, chain.judge, { fetchHead: async () => chain.head });
    await quick.resume();
    await settle();
    expect(chain.counted).toEqual([9, 1]);
    replies.forEach((reply) => reply());
    await clock.advance(60_000);
    replies.forEach((reply) => reply());
    await clock.advance(60_000);
    expect([chain.counted, states(late)]).toEqual([[9, 1], ['1 counted']]);
  });

  it('[D31] a head that is its own is no reason to sign anything again', async () => {
    const clock = createTestClock();
    const chain = createChain();
    let isLate = true;
    const outbox = openPage(
      createDevice().page(),
      clock,
      (record) => {
        const reply = chain.judge(record);
        // Said before it came in, heard after it.
        return isLate ? { kind: 'chain' } : reply;
      },
      { fetchHead: async () => ((isLate = false), chain.head) },
    );
    await outbox.submit(world, add(1));
    await clock.advance(5_000);
    expect([chain.counted, states(outbox)]).toEqual([[1], ['0 counted']]);
  });

  it('[D32] asks about the oldest first when a later one has no place yet', async () => {
    const clock = createTestClock();
    const chain = createChain();
    const mailbox: OutboxRecord[] = [];
    let headsAsked = 0;
    const outbox = openPage(
      createDevice().page(),
      clock,
      (record) => {
        // The relay keeps the first, and the world goes on with the second: the first is handed over only then.
        if (mailbox.length === 0) mailbox.push(record);
        if (record.seq === 0 && chain.counted.length === 0) return { kind: 'kept' };
        const reply = chain.judge(record);
        mailbox.forEach((mail) => chain.judge(mail));
        return reply;
      },
      { fetchHead: async () => (headsAsked++, chain.head) },
    );
    for (const count of [1, 2]) await outbox.submit(world, add(count));
    await clock.advance(60_000);
    expect(headsAsked).toBe(0);
    expect([chain.counted, states(outbox)]).toEqual([
      [1, 2],
      ['0 counted', '1 counted'],
    ]);
  });

  it('[D44] a device that kept its key and lost its state goes on at the ledger’s head', async () => {
    const clock = createTestClock();
    const chain = createChain();
    const before = openPage(createDevice().page(), clock, chain.judge);
    for (const count of [1, 2, 3]) await before.submit(world, add(count));
    await settle();
    before.close();
    const after = openPage(createDevice().page(), clock, chain.judge, { fetchHead: async () => chain.head });
    await after.submit(world, add(4));
    await clock.advance(5_000);
    expect([chain.counted, states(after)]).toEqual([[1, 2, 3, 4], ['3 counted']]);
  });
});

describe('an attempt that hangs', () => {
  it('[D35] holds up no path that opens, and is heard all the same when it ends', async () => {
    const clock = createTestClock();
    const replies: (() => void)[] = [];
    const outbox = openPage(
      createDevice().page(),
      clock,
      (record) => new Promise((resolve) => replies.push(() => resolve(receiptOf(record)))),
    );
    await outbox.submit(world, add(1));
    await clock.advance(500);
    outbox.kick();
    await settle();
    expect(replies).toHaveLength(1);
    await clock.advance(1_000);
    outbox.kick();
    await settle();
    expect(replies).toHaveLength(2);
    replies[0]?.();
    await settle();
    expect(states(outbox)).toEqual(['0 counted']);
    replies[1]?.();
    await settle();
    expect(states(outbox)).toEqual(['0 counted']);
  });
});
