/** A device with several pages over one storage, and a ledger's chain that its intents go to. */
import { type Bytes, equalBytes, parseIntent, sha256, unwrap, utf8ToBytes } from '@fairground/ledger';
import { seedIdentity } from '../identity.ts';
import type { Row, Storage, Table } from '../storage/storage.ts';
import { createMemoryStorage } from '../storage/memoryStorage.ts';
import type { TestClock } from '../testClock.fixture.ts';
import type { ChainHead } from './chain.ts';
import { createOutbox, type Delivery, type Outbox, type OutboxDeps } from './outbox.ts';
import type { OutboxRecord } from './record.ts';

export const world = sha256(utf8ToBytes('a world'));
export const identity = seedIdentity(sha256(utf8ToBytes('a device')));

/** Hands out views of one storage: what one view writes the others hear of. */
export function createDevice(storage: Storage = createMemoryStorage()) {
  const hearing = new Set<{ readonly view: object; readonly tell: (table: Table, key: string) => void }>();
  const page = (): Storage => {
    const view = {};
    const say = (table: Table, keys: readonly string[]) => {
      for (const other of hearing)
        if (other.view !== view) keys.forEach((key) => queueMicrotask(() => other.tell(table, key)));
    };
    const keysOf = (rows: readonly Row[]) => rows.map(([key]) => key);
    return {
      ...storage,
      async add(table, key, value) {
        const isNew = await storage.add(table, key, value);
        if (isNew) say(table, [key]);
        return isNew;
      },
      async swap(table, was, becomes, same) {
        const isSwapped = await storage.swap(table, was, becomes, same);
        if (isSwapped) say(table, [...keysOf(was), ...keysOf(becomes)]);
        return isSwapped;
      },
      watch(table, listener) {
        const mine = { view, tell: (where: Table, key: string) => void (where === table && listener(key)) };
        hearing.add(mine);
        return () => void hearing.delete(mine);
      },
      isKept: () => true,
    };
  };
  return { storage, page };
}

let serial = 0;

/** An outbox of one page. */
export function openPage(
  storage: Storage,
  clock: TestClock,
  deliver: (record: OutboxRecord) => Promise<Delivery> | Delivery,
  more: Partial<OutboxDeps> = {},
): Outbox {
  return createOutbox({
    storage,
    identity,
    clock,
    now: clock.now,
    random: (length) => sha256(utf8ToBytes(`random ${serial++}`)).slice(0, length),
    deliver: async (record) => deliver(record),
    fetchHead: async () => undefined,
    ...more,
  });
}

export const receiptOf = (record: OutboxRecord, refused?: string): Delivery => ({
  kind: 'receipt',
  receipt: { bytes: record.hash, sig: record.sig },
  index: record.seq + 1,
  ...(refused !== undefined && { refused }),
});

export interface Chain {
  /** What was counted, in order: the `count` of each body. */
  readonly counted: readonly number[];
  readonly head: ChainHead | undefined;
  /** As the authority judges: the very same gets its receipt again, another in its place is none of the chain's. */
  judge(record: OutboxRecord): Delivery;
}

export function createChain(): Chain {
  const hashes: Bytes[] = [];
  const counted: number[] = [];
  return {
    counted,
    get head() {
      const hash = hashes.at(-1);
      return hash && { seq: hashes.length - 1, hash };
    },
    judge(record) {
      const isKnown = hashes.some((hash) => equalBytes(hash, record.hash));
      if (isKnown) return receiptOf(record);
      const { seq, prev, body } = unwrap(parseIntent(record.bytes));
      const last = hashes.at(-1) ?? new Uint8Array(32);
      if (seq !== hashes.length || !equalBytes(prev, last)) return { kind: 'chain' };
      hashes.push(record.hash);
      counted.push((body as { readonly count: number }).count);
      return receiptOf(record);
    },
  };
}
