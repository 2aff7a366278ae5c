/** Keeps every intent until the ledger has it: stored first, sent in order, retried for ever, issued anew when the chain moved. */
import { type Bytes, bytesToHex, equalBytes } from '@fairground/ledger';
import { createLive, type Live, type WritableLive } from '../live.ts';
import type { Clock } from '../ports.ts';
import { backoffMs } from './backoff.ts';
import { type ChainDeps, type ChainHead, chainRecords, issue } from './chain.ts';
import { isSettled, type OutboxRecord, type Plan, recordKey } from './record.ts';

/** What became of one attempt to send. */
export type Delivery =
  | { readonly kind: 'receipt'; readonly receipt: Pair; readonly index: number; readonly refused?: string; readonly seen?: Pair }
  | { readonly kind: 'kept'; readonly seen?: Pair }
  | { readonly kind: 'retry'; readonly afterMs?: number }
  /** The ledger's chain for this key goes on from somewhere else. */
  | { readonly kind: 'chain' }
  | { readonly kind: 'failed'; readonly code: string };
interface Pair {
  readonly bytes: Bytes;
  readonly sig: Bytes;
}

export interface OutboxDeps extends ChainDeps {
  readonly clock: Clock;
  deliver(record: OutboxRecord): Promise<Delivery>;
  /** The admitted head of this key in a world; undefined when it has none; rejects when nobody can be asked. */
  fetchHead(world: Bytes): Promise<ChainHead | undefined>;
}

export interface Outbox {
  submit(world: Bytes, plan: Plan, ledgerHead?: ChainHead): Promise<OutboxRecord>;
  /** This device's intents of a world, oldest first, failed ones included until the page closes. */
  records(world: Bytes): Live<readonly OutboxRecord[]>;
  /** Resolves once `records` shows what the device had stored. */
  loaded(world: Bytes): Promise<void>;
  /** The ledger shows an intent of ours. */
  settle(world: Bytes, hash: Bytes, index: number, refused: string | undefined): Promise<void>;
  /** A path opened: try at once. */
  kick(): void;
  /** Takes up what an earlier page left unsent. */
  resume(): Promise<void>;
  close(): void;
}

/** How long to wait before asking again about an intent that the relay keeps. */
const KEPT_POLL_MS = 4_000;

export function createOutbox(deps: OutboxDeps): Outbox {
  const lanes = new Map<string, Lane>();
  const laneOf = (world: Bytes): Lane => {
    const name = bytesToHex(world);
    const lane = lanes.get(name) ?? createLane(deps, world);
    lanes.set(name, lane);
    return lane;
  };
  return {
    submit: (world, plan, head) => laneOf(world).submit(plan, head),
    records: (world) => laneOf(world).live,
    loaded: (world) => laneOf(world).loaded,
    settle: (world, hash, index, refused) => laneOf(world).settle(hash, index, refused),
    kick: () => lanes.forEach((lane) => lane.kick()),
    async resume() {
      const rows = await deps.storage.list('outbox', '');
      const open = rows.map(([, value]) => value as OutboxRecord).filter((record) => !isSettled(record) && equalBytes(record.key, deps.identity.key));
      for (const record of open) laneOf(record.world).kick();
    },
    close: () => lanes.forEach((lane) => lane.close()),
  };
}

interface Lane {
  readonly live: WritableLive<readonly OutboxRecord[]>;
  readonly loaded: Promise<void>;
  submit(plan: Plan, ledgerHead?: ChainHead): Promise<OutboxRecord>;
  settle(hash: Bytes, index: number, refused: string | undefined): Promise<void>;
  kick(): void;
  close(): void;
}

/** One world's queue. Everything that changes the chain goes through `exclusive`. */
function createLane(deps: OutboxDeps, world: Bytes): Lane {
  const live = createLive<readonly OutboxRecord[]>([]);
  const failed: OutboxRecord[] = [];
  const keyHex = bytesToHex(deps.identity.key);
  const worldHex = bytesToHex(world);
  let tail: Promise<unknown> = Promise.resolve();
  let sending = false;
  let again = false;
  let closed = false;
  let attempt = 0;
  let cancelTimer = () => {};

  const exclusive = <T>(work: () => Promise<T>): Promise<T> => {
    const result = tail.then(work);
    tail = result.catch(() => {});
    return result;
  };
  const refresh = async () => live.set([...(await chainRecords(deps, world)), ...failed]);
  const save = async (record: OutboxRecord) => {
    await deps.storage.put('outbox', recordKey(worldHex, keyHex, record.seq), record);
    await refresh();
  };
  const update = (id: string, change: Partial<OutboxRecord>) =>
    exclusive(async () => {
      const current = (await chainRecords(deps, world)).find((record) => record.id === id);
      if (current && !isSettled(current)) await save({ ...current, ...change });
    });
  /** Takes the unsettled records out and signs them again behind `head`, without those in `drop`. */
  const reissue = (head: ChainHead | undefined, drop?: string) =>
    exclusive(async () => {
      const open = (await chainRecords(deps, world)).filter((record) => !isSettled(record));
      for (const record of open) await deps.storage.delete('outbox', recordKey(worldHex, keyHex, record.seq));
      for (const record of open) if (record.id !== drop) await issue(deps, world, record.plan, head, record.id);
      await refresh();
    });

  async function sendAll(): Promise<void> {
    for (;;) {
      const open = (await chainRecords(deps, world)).filter((record) => !isSettled(record));
      const next = open.find((record) => record.state === 'stored') ?? open[0];
      if (!next || closed) return;
      const wait = await sendOne(next);
      if (wait !== undefined) return later(wait);
    }
  }

  /** Sends one record; says how long to wait before the next attempt, undefined for "go on". */
  async function sendOne(record: OutboxRecord): Promise<number | undefined> {
    const delivery = await deps.deliver(record).catch((): Delivery => ({ kind: 'retry' }));
    switch (delivery.kind) {
      case 'receipt': {
        attempt = 0;
        const { receipt, index, refused, seen } = delivery;
        const state = refused === undefined ? 'counted' : 'refused';
        await update(record.id, { state, index, receipt, ...(refused !== undefined && { code: refused }), ...(seen && { seen }) });
        return undefined;
      }
      case 'kept': {
        const wasKept = record.state === 'received';
        await update(record.id, { state: 'received', ...(delivery.seen && { seen: delivery.seen }) });
        return wasKept ? KEPT_POLL_MS : undefined;
      }
      case 'retry':
        return delivery.afterMs ?? backoffMs(attempt++, deps.random(1)[0] ?? 0);
      case 'chain':
        return resync();
      case 'failed':
        failed.push({ ...record, state: 'failed', code: delivery.code });
        await reissue(undefined, record.id);
        return undefined;
    }
  }

  /** Another device or a lost reply moved the chain: continue from the ledger's head. */
  async function resync(): Promise<number | undefined> {
    try {
      await reissue(await deps.fetchHead(world));
      return backoffMs(attempt++, deps.random(1)[0] ?? 0);
    } catch {
      return backoffMs(attempt++, deps.random(1)[0] ?? 0);
    }
  }

  function later(ms: number) {
    cancelTimer();
    cancelTimer = deps.clock.setTimer(ms, run);
  }

  function run() {
    if (closed) return;
    if (sending) {
      again = true;
      return;
    }
    sending = true;
    void sendAll().finally(() => {
      sending = false;
      if (again) {
        again = false;
        run();
      }
    });
  }

  return {
    live,
    loaded: refresh(),
    async submit(plan, ledgerHead) {
      const record = await exclusive(() => issue(deps, world, plan, ledgerHead));
      await refresh();
      run();
      return record;
    },
    settle: (hash, index, refused) =>
      exclusive(async () => {
        const record = (await chainRecords(deps, world)).find((candidate) => equalBytes(candidate.hash, hash));
        if (!record || isSettled(record)) return;
        await save({ ...record, index, state: refused === undefined ? 'counted' : 'refused', ...(refused !== undefined && { code: refused }) });
      }),
    kick() {
      attempt = 0;
      cancelTimer();
      run();
    },
    close() {
      closed = true;
      cancelTimer();
    },
  };
}
