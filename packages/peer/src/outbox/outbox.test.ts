import {
  type Bytes,
  equalBytes,
  parseIntent,
  sha256,
  unwrap,
  utf8ToBytes,
  verifyPair,
} from '@fairground/ledger';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seedIdentity } from '../identity.ts';
import { createMemoryStorage } from '../storage/memoryStorage.ts';
import type { Storage } from '../storage/storage.ts';
import { createTestClock, settle } from '../testClock.fixture.ts';
import { backoffMs, patienceMs } from './backoff.ts';
import type { ChainHead } from './chain.ts';
import { createOutbox, type Delivery, type OutboxDeps } from './outbox.ts';
import type { OutboxRecord } from './record.ts';

const world = sha256(utf8ToBytes('a world'));
const identity = seedIdentity(sha256(utf8ToBytes('a device')));
const receiptOf = (record: OutboxRecord, refused?: string): Delivery => ({
  kind: 'receipt',
  receipt: { bytes: record.hash, sig: record.sig },
  index: record.seq + 1,
  ...(refused !== undefined && { refused }),
});

interface Sent {
  readonly seq: number;
  readonly bytes: Bytes;
}

/** An outbox whose deliveries the test decides; `sent` lists every attempt. */
function openOutbox(
  deliver: (record: OutboxRecord, attempt: number) => Delivery,
  storage: Storage = createMemoryStorage(),
  more: Partial<OutboxDeps> = {},
) {
  const clock = createTestClock();
  const sent: Sent[] = [];
  let serial = 0;
  const outbox = createOutbox({
    storage,
    identity,
    clock,
    now: clock.now,
    random: (length) => sha256(utf8ToBytes(`random ${serial++}`)).slice(0, length),
    deliver: async (record) => {
      sent.push({ seq: record.seq, bytes: record.bytes });
      return deliver(record, sent.length);
    },
    fetchHead: async () => undefined,
    ...more,
  });
  const shown = () => outbox.records(world).value.map(({ seq, state }) => `${seq} ${state}`);
  return { outbox, clock, sent, storage, shown };
}

describe('the outbox', () => {
  it('[D1] stores an intent before it is sent', async () => {
    const storage = createMemoryStorage();
    const stored: number[] = [];
    const { outbox } = openOutbox((record) => receiptOf(record), storage, {
      deliver: async (record) => {
        stored.push((await storage.list('outbox', '')).length);
        return receiptOf(record);
      },
    });
    const record = await outbox.submit(world, { kind: 'join', body: { name: 'Ada' } });
    expect(await storage.list('outbox', '')).toHaveLength(1);
    expect(await verifyPair('intent', identity.key, record)).toBe(true);
    await settle();
    expect(stored).toEqual([1]);
  });

  it('[D220] shows an intent as soon as it is stored, however long it takes to read all of them again', async () => {
    const kept = createMemoryStorage();
    let isStored = false;
    const storage: Storage = {
      ...kept,
      add: async (...row) => {
        isStored = await kept.add(...row);
        return isStored;
      },
      list: (...where) => (isStored ? new Promise(() => {}) : kept.list(...where)),
    };
    const { outbox, shown } = openOutbox((record) => receiptOf(record), storage);
    void outbox.submit(world, { kind: 'join', body: { name: 'Ada' } });
    expect(shown()).toEqual([]);
    await settle();
    expect(shown()).toEqual(['0 stored']);
  });

  it('[D2] sends a chain in order, each intent naming the one before', async () => {
    const { outbox, sent } = openOutbox((record) => receiptOf(record));
    for (const count of [1, 2, 3]) await outbox.submit(world, { kind: 'add', body: { count } });
    await settle();
    expect(sent.map(({ seq }) => seq)).toEqual([0, 1, 2]);
    const intents = sent.map(({ bytes }) => unwrap(parseIntent(bytes)));
    expect(equalBytes(intents[1]?.prev ?? world, sha256(sent[0]?.bytes ?? world))).toBe(true);
    expect(equalBytes(intents[2]?.prev ?? world, sha256(sent[1]?.bytes ?? world))).toBe(true);
  });

  it('[D3] tries again until it is in, and waits longer each time', async () => {
    const { outbox, clock, sent, shown } = openOutbox((record, attempt) =>
      attempt < 8 ? { kind: 'retry' } : receiptOf(record),
    );
    await outbox.submit(world, { kind: 'add', body: { count: 1 } });
    await settle();
    expect([sent.length, shown()]).toEqual([1, ['0 stored']]);
    await clock.advance(200);
    expect(sent).toHaveLength(2);
    await clock.advance(60_000);
    expect([sent.length, shown()]).toEqual([8, ['0 counted']]);
    expect(clock.timers).toBe(0);
  });

  it('[D3] stays within half and all of the doubled wait', () => {
    fc.assert(
      fc.property(fc.nat({ max: 40 }), fc.nat({ max: 255 }), (attempt, random) => {
        const all = Math.min(15_000, 250 * 2 ** Math.min(attempt, 10));
        const ms = backoffMs(attempt, random);
        expect(ms).toBeGreaterThanOrEqual(all / 2 - 1);
        expect(ms).toBeLessThanOrEqual(all);
      }),
    );
  });

  it('[D40] spreads those whom the relay asks to wait over a quarter more', () => {
    fc.assert(
      fc.property(fc.nat({ max: 4e9 }), fc.nat({ max: 255 }), (asked, random) => {
        const ms = patienceMs(asked, random);
        expect(ms).toBeGreaterThanOrEqual(Math.min(asked, 300_000));
        expect(ms).toBeLessThanOrEqual(Math.min(asked, 300_000) * 1.25);
      }),
    );
    expect(patienceMs(1000, 255)).toBe(1250);
  });

  it('[D4] shows what the relay keeps as received and asks until it is counted', async () => {
    const { outbox, clock, sent, shown } = openOutbox((record, attempt) =>
      attempt < 4 ? { kind: 'kept' } : receiptOf(record),
    );
    await outbox.submit(world, { kind: 'add', body: { count: 1 } });
    await settle();
    expect(shown()).toEqual(['0 received']);
    await clock.advance(30_000);
    expect([sent.length, shown()]).toEqual([4, ['0 counted']]);
  });

  it('[D5] says by which code the rules refused, and chains on', async () => {
    const { outbox, sent, shown } = openOutbox((record) =>
      receiptOf(record, record.seq === 0 ? 'not_your_turn' : undefined),
    );
    await outbox.submit(world, { kind: 'take', body: { count: 1 } });
    await outbox.submit(world, { kind: 'take', body: { count: 2 } });
    await settle();
    expect(shown()).toEqual(['0 refused', '1 counted']);
    expect(outbox.records(world).value[0]).toMatchObject({ code: 'not_your_turn', index: 1 });
    expect(sent.map(({ seq }) => seq)).toEqual([0, 1]);
  });

  it('[D6] goes on from the ledger’s head when another device moved the chain', async () => {
    const head: ChainHead = { seq: 4, hash: sha256(utf8ToBytes('what the other device sent')) };
    const { outbox, clock, sent, shown } = openOutbox(
      (record) => (record.seq > head.seq ? receiptOf(record) : { kind: 'chain' }),
      createMemoryStorage(),
      {
        fetchHead: async () => head,
      },
    );
    const first = await outbox.submit(world, { kind: 'add', body: { count: 1 } });
    const second = await outbox.submit(world, { kind: 'add', body: { count: 2 } });
    await clock.advance(60_000);
    expect(shown()).toEqual(['5 counted', '6 counted']);
    expect(outbox.records(world).value.map(({ id }) => id)).toEqual([first.id, second.id]);
    const signedAgain = unwrap(parseIntent(sent.find(({ seq }) => seq === 5)?.bytes ?? world));
    expect(signedAgain).toMatchObject({ seq: 5, prev: head.hash, body: { count: 1 } });
  });

  it('[D7] gives two tabs of one device different places in the chain', async () => {
    const storage = createMemoryStorage();
    const one = openOutbox((record) => receiptOf(record), storage);
    const two = openOutbox((record) => receiptOf(record), storage);
    const tabs = [one, two, one, two, one, two];
    const records = await Promise.all(
      tabs.map(({ outbox }, count) => outbox.submit(world, { kind: 'add', body: { count } })),
    );
    expect(records.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('[D8] takes out what nobody will log and signs the rest again', async () => {
    const { outbox, shown, sent } = openOutbox((record) =>
      record.plan.kind === 'join' ? { kind: 'failed', code: 'name_taken' } : receiptOf(record),
    );
    await outbox.submit(world, { kind: 'join', body: { name: 'Ada' } });
    await outbox.submit(world, { kind: 'add', body: { count: 2 } });
    await settle();
    expect(shown()).toEqual(['0 failed', '0 counted']);
    expect(unwrap(parseIntent(sent.at(-1)?.bytes ?? world))).toMatchObject({ seq: 0, kind: 'add' });
    expect(outbox.records(world).value[0]).toMatchObject({ state: 'failed', code: 'name_taken' });
  });

  it('[D9] sends what an earlier page left', async () => {
    const storage = createMemoryStorage();
    const earlier = openOutbox(() => ({ kind: 'retry' }), storage);
    await earlier.outbox.submit(world, { kind: 'add', body: { count: 1 } });
    await settle();
    earlier.outbox.close();
    const later = openOutbox((record) => receiptOf(record), storage);
    await later.outbox.resume();
    await settle();
    expect(later.shown()).toEqual(['0 counted']);
  });

  it('[D10] keeps the receipt of an intent that the ledger showed before its reply came', async () => {
    let reply: (delivery: Delivery) => void = () => {};
    const { outbox } = openOutbox((asked) => receiptOf(asked), createMemoryStorage(), {
      deliver: () => new Promise((resolve) => (reply = resolve)),
    });
    const record = await outbox.submit(world, { kind: 'join', body: { name: 'Ada' } });
    await settle();
    await outbox.settle(world, record.hash, 7, undefined);
    expect(outbox.records(world).value).toMatchObject([{ state: 'counted', index: 7 }]);
    reply(receiptOf(record));
    await settle();
    expect(outbox.records(world).value).toMatchObject([
      { state: 'counted', index: 7, receipt: { bytes: record.hash } },
    ]);
  });

  it('[D10] settles an intent that the ledger shows though its reply never came', async () => {
    const { outbox, clock, sent, shown } = openOutbox(() => ({ kind: 'retry' }));
    const record = await outbox.submit(world, { kind: 'add', body: { count: 1 } });
    await settle();
    await outbox.settle(world, record.hash, 7, undefined);
    expect(shown()).toEqual(['0 counted']);
    const before = sent.length;
    await clock.advance(60_000);
    expect(sent.length).toBe(before);
  });

  it('[D47] settles a wish that was said again word for word, beside the one that failed', async () => {
    const memory = createMemoryStorage();
    let swaps = 0;
    const storage: Storage = {
      ...memory,
      // Whoever tried to write the wrong one would try for ever.
      swap: async (...rows) => {
        if (++swaps > 20) throw new Error('it does not come to an end');
        return memory.swap(...rows);
      },
    };
    let isLocked = true;
    const { outbox, shown } = openOutbox(
      (record) => (isLocked ? { kind: 'failed', code: 'locked' } : receiptOf(record)),
      storage,
    );
    const plan = { kind: 'join', body: { name: 'Ada' } };
    const refused = await outbox.submit(world, plan);
    await settle();
    isLocked = false;
    const again = await outbox.submit(world, plan);
    await settle();
    expect(again.hash).toEqual(refused.hash);
    await outbox.settle(world, again.hash, 7, undefined);
    expect(shown()).toEqual(['0 failed', '0 counted']);
    expect(outbox.records(world).value.at(-1)).toMatchObject({ id: again.id, index: 7 });
  });
});
