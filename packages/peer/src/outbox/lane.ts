/** One world's queue: stored intents go out in order, one at a time, until the ledger has them. */
import { bytesToHex, equalBytes, type Bytes } from '@fairground/ledger';
import { createLive, type Live } from '../live.ts';
import { backoffMs } from './backoff.ts';
import { type ChainHead, chainRecords, issue } from './chain.ts';
import type { Delivery, OutboxDeps } from './outboxDeps.ts';
import { isSettled, type OutboxRecord, type Plan, recordKey } from './record.ts';

/** How long to wait before asking again about an intent that the relay keeps. */
const KEPT_POLL_MS = 4_000;

/** Owns the world's timer. Everything that changes the chain goes through `#exclusive`. */
export class Lane {
  readonly records: Live<readonly OutboxRecord[]>;
  readonly loaded: Promise<void>;
  readonly #deps: OutboxDeps;
  readonly #world: Bytes;
  readonly #live = createLive<readonly OutboxRecord[]>([]);
  readonly #failed: OutboxRecord[] = [];
  #tail: Promise<unknown> = Promise.resolve();
  #sending = false;
  #again = false;
  #closed = false;
  #attempt = 0;
  #cancelTimer = () => {};

  constructor(deps: OutboxDeps, world: Bytes) {
    this.#deps = deps;
    this.#world = world;
    this.records = this.#live;
    this.loaded = this.#refresh();
  }

  async submit(plan: Plan, ledgerHead?: ChainHead): Promise<OutboxRecord> {
    const record = await this.#exclusive(() => issue(this.#deps, this.#world, plan, ledgerHead));
    await this.#refresh();
    this.#run();
    return record;
  }

  /** The ledger shows an intent of ours at an index. */
  settle(hash: Bytes, index: number, refused: string | undefined): Promise<void> {
    return this.#exclusive(async () => {
      const record = (await this.#all()).find((candidate) => equalBytes(candidate.hash, hash));
      if (!record || isSettled(record)) return;
      const state = refused === undefined ? 'counted' : 'refused';
      await this.#save({ ...record, index, state, ...(refused !== undefined && { code: refused }) });
    });
  }

  /** A path opened: try at once. */
  kick(): void {
    this.#attempt = 0;
    this.#cancelTimer();
    this.#run();
  }

  close(): void {
    this.#closed = true;
    this.#cancelTimer();
  }

  #run(): void {
    if (this.#closed) return;
    if (this.#sending) {
      this.#again = true;
      return;
    }
    this.#sending = true;
    void this.#sendAll().finally(() => {
      this.#sending = false;
      if (!this.#again) return;
      this.#again = false;
      this.#run();
    });
  }

  async #sendAll(): Promise<void> {
    for (;;) {
      const open = await this.#open();
      const next = open.find((record) => record.state === 'stored') ?? open[0];
      if (!next || this.#closed) return;
      const wait = await this.#sendOne(next);
      if (wait !== undefined) return this.#later(wait);
    }
  }

  /** Sends one record; says how long to wait before the next attempt, undefined for "go on". */
  async #sendOne(record: OutboxRecord): Promise<number | undefined> {
    const delivery = await this.#deps.deliver(record).catch((): Delivery => ({ kind: 'retry' }));
    switch (delivery.kind) {
      case 'receipt':
        return this.#counted(record, delivery);
      case 'kept': {
        await this.#update(record.id, { state: 'received', ...(delivery.seen && { seen: delivery.seen }) });
        return record.state === 'received' ? KEPT_POLL_MS : undefined;
      }
      case 'retry':
        return delivery.afterMs ?? this.#backoff();
      case 'chain':
        return this.#resync();
      case 'failed':
        this.#failed.push({ ...record, state: 'failed', code: delivery.code });
        await this.#reissue(undefined, record.id);
        return undefined;
    }
  }

  async #counted(record: OutboxRecord, delivery: Extract<Delivery, { kind: 'receipt' }>): Promise<undefined> {
    this.#attempt = 0;
    const { receipt, index, refused, seen } = delivery;
    const words = { receipt, ...(seen && { seen }) };
    const state = refused === undefined ? ('counted' as const) : ('refused' as const);
    await this.#exclusive(async () => {
      const current = (await this.#all()).find(({ id }) => id === record.id);
      // The tail may have shown the entry before the reply came: the receipt is kept all the same.
      if (current && isSettled(current)) return this.#save({ ...current, ...words });
      if (!current) return undefined;
      const outcome = { state, index, ...(refused !== undefined && { code: refused }) };
      return this.#save({ ...current, ...outcome, ...words });
    });
  }

  /** Another device or a lost reply moved the chain: continue from the ledger's head. */
  async #resync(): Promise<number> {
    try {
      await this.#reissue(await this.#deps.fetchHead(this.#world));
    } catch {
      // Nobody can be asked now; the next attempt asks again.
    }
    return this.#backoff();
  }

  /** Takes the unsettled records out and signs them again behind `head`, without `drop`. */
  #reissue(head: ChainHead | undefined, drop?: string): Promise<void> {
    return this.#exclusive(async () => {
      const open = await this.#open();
      for (const record of open) await this.#deps.storage.delete('outbox', this.#keyOf(record.seq));
      for (const record of open) {
        if (record.id !== drop) await issue(this.#deps, this.#world, record.plan, head, record.id);
      }
      await this.#refresh();
    });
  }

  #update(id: string, change: Partial<OutboxRecord>): Promise<void> {
    return this.#exclusive(async () => {
      const current = (await this.#all()).find((record) => record.id === id);
      if (current && !isSettled(current)) await this.#save({ ...current, ...change });
    });
  }

  async #save(record: OutboxRecord): Promise<void> {
    await this.#deps.storage.put('outbox', this.#keyOf(record.seq), record);
    await this.#refresh();
  }

  async #refresh(): Promise<void> {
    this.#live.set([...(await this.#all()), ...this.#failed]);
  }

  #later(ms: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#deps.clock.setTimer(ms, () => this.#run());
  }

  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(work);
    this.#tail = result.catch(() => {});
    return result;
  }

  #backoff(): number {
    return backoffMs(this.#attempt++, this.#deps.random(1)[0] ?? 0);
  }

  #all(): Promise<OutboxRecord[]> {
    return chainRecords(this.#deps, this.#world);
  }

  async #open(): Promise<OutboxRecord[]> {
    return (await this.#all()).filter((record) => !isSettled(record));
  }

  #keyOf(seq: number): string {
    return recordKey(bytesToHex(this.#world), bytesToHex(this.#deps.identity.key), seq);
  }
}
