/** However pages, a worker and a second device with the same key get in each other's way: everything wanted counts, and counts once. */
import { equalBytes } from '@fairground/ledger';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryStorage } from '../storage/memoryStorage.ts';
import { createTestClock, settle } from '../testClock.fixture.ts';
import { type Chain, createChain, createDevice, openPage, world } from './device.fixture.ts';
import type { Delivery } from './outbox.ts';
import type { OutboxRecord } from './record.ts';

/** What the network does to one attempt. */
type Fate = 'through' | 'request lost' | 'reply lost' | 'kept';

/** A relay before a chain: what it keeps is judged later, in the order it came. */
function createRelay(chain: Chain, fates: readonly Fate[]) {
  const mailbox: OutboxRecord[] = [];
  let at = 0;
  const handOver = () => mailbox.splice(0).forEach((mail) => chain.judge(mail));
  return {
    handOver,
    async post(record: OutboxRecord): Promise<Delivery> {
      const fate = fates[at++] ?? 'through';
      await Promise.resolve();
      if (fate === 'request lost') return { kind: 'retry' };
      if (fate === 'kept') {
        if (!mailbox.some(({ hash }) => equalBytes(hash, record.hash))) mailbox.push(record);
        return { kind: 'kept' };
      }
      // The world went on: whoever asks is answered before what was kept is handed over.
      const reply = chain.judge(record);
      handOver();
      return fate === 'reply lost' ? { kind: 'retry' } : reply;
    },
  };
}

const fate = fc.constantFrom<Fate>('through', 'through', 'request lost', 'reply lost', 'kept');
const wishes = fc.array(fc.record({ who: fc.nat({ max: 2 }), pauseMs: fc.constantFrom(0, 0, 50, 3000) }), {
  minLength: 1,
  maxLength: 8,
});

async function play(wanted: readonly { who: number; pauseMs: number }[], fates: readonly Fate[]) {
  const clock = createTestClock();
  const chain = createChain();
  const relay = createRelay(chain, fates);
  const device = createDevice();
  // Two pages of one device, and another device that a backup gave the same key.
  const storages = [device.page(), device.page(), createMemoryStorage()];
  const open = (storage: (typeof storages)[number]) =>
    openPage(storage, clock, relay.post, { fetchHead: async () => chain.head });
  const outboxes = storages.map(open);
  for (const [count, { who, pauseMs }] of wanted.entries()) {
    await outboxes[who]?.submit(world, { kind: 'add', body: { count } });
    if (pauseMs > 0) await clock.advance(pauseMs);
  }
  // A worker at work at the same time.
  const worker = open(device.page());
  await worker.flush();
  for (let round = 0; round < 30; round++) {
    await clock.advance(20_000);
    relay.handOver();
  }
  await settle();
  return { chain, outboxes };
}

describe('an intent', () => {
  it('[D31] counts once, whoever sends it how often and whatever is lost', async () => {
    await fc.assert(
      fc.asyncProperty(wishes, fc.array(fate, { maxLength: 30 }), async (wanted, fates) => {
        const { chain, outboxes } = await play(wanted, fates);
        expect([...chain.counted].sort((a, b) => a - b)).toEqual(wanted.map((_, count) => count));
        for (const outbox of outboxes)
          for (const { state } of outbox.records(world).value) expect(state).toBe('counted');
      }),
      { numRuns: 40 },
    );
  });
});
