/** One world's queue: stored intents go out in order, one at a time, until the ledger has them. */
import { type Bytes, equalBytes } from '@fairground/ledger';
import { createLive, type Live } from '../live.ts';
import { afterClaim, afterEntry, afterKept, afterReceipt } from './afterDelivery.ts';
import { backoffMs, patienceMs } from './backoff.ts';
import { type Issue, issue, reissue, type Reissue } from './chain.ts';
import type { Delivery, OutboxDeps } from './outboxDeps.ts';
import { isSettled, type OutboxRecord, type Plan } from './record.ts';
import { isSameWriting, prefixOf, readChain, toRow } from './rows.ts';

/** How long to wait before asking again about an intent that the relay keeps. */
const KEPT_POLL_MS = 4_000;
/** An attempt that takes longer than this is left to itself when a path opens. */
const HANGING_MS = 1_000;
/** How often in a row a chain is signed again at once. */
const AT_ONCE = 3;

/** Milliseconds to wait before the next attempt; undefined for "go on". */
type Wait = number | undefined;
type Change = (record: OutboxRecord) => OutboxRecord | undefined | Promise<OutboxRecord | undefined>;

/** Owns the world's timer. What this page changes goes through `#exclusive`, what others change is noticed by `Storage.swap`. */
export class Lane {
  readonly records: Live<readonly OutboxRecord[]>;
  readonly loaded: Promise<void>;
  readonly #deps: OutboxDeps;
  readonly #world: Bytes;
  readonly #live = createLive<readonly OutboxRecord[]>([]);
  readonly #unwatch: () => void;
  #tail: Promise<unknown> = Promise.resolve();
  #sending = false;
  #again = false;
  #closed = false;
  #attempt = 0;
  #reissued = 0;
  /** A later one had no place in the ledger's chain yet: the oldest is asked about first. */
  #inOrder = false;
  /** Until its timer runs nobody but `kick` and a new intent has it try again. */
  #isWaiting = false;
  #cancelTimer = () => {};
  #letGo = () => {};

  constructor(deps: OutboxDeps, world: Bytes) {
    this.#deps = deps;
    this.#world = world;
    this.records = this.#live;
    this.loaded = this.#refresh();
    const prefix = prefixOf(deps, world);
    this.#unwatch = deps.storage.watch('outbox', (key) => {
      if (key.startsWith(prefix)) void this.#refresh().then(() => this.heard());
    });
  }

  async submit(plan: Plan, how?: Issue): Promise<OutboxRecord> {
    const record = await this.#exclusive(() => issue(this.#deps, this.#world, plan, how));
    this.#showNew(record);
    await this.#refresh();
    this.#run();
    this.#deps.sendLater?.();
    return record;
  }

  /** The ledger shows an intent of ours at an index. */
  async settle(hash: Bytes, index: number, refused: string | undefined): Promise<void> {
    const isOurs = (record: OutboxRecord) => equalBytes(record.hash, hash);
    await this.#change(isOurs, (record) => afterEntry(record, index, refused));
  }

  /** The world's authority is known now, or another page has written: replies that could not be checked are. */
  async heard(): Promise<void> {
    const authority = this.#deps.authorityOf?.(this.#world);
    const claimed = authority ? (await this.#open()).filter(({ claim }) => claim) : [];
    for (const { id } of claimed)
      if (authority)
        await this.#change(
          (record) => record.id === id,
          (record) => afterClaim(record, authority),
        );
    if (!this.#isWaiting) this.#run();
  }

  /** A path opened: try at once. */
  kick(): void {
    this.#attempt = 0;
    this.#cancelTimer();
    this.#letGo();
    this.#run();
  }

  /** Sends what is stored, without timers. False if some of it has to be sent later. */
  async flush(): Promise<boolean> {
    let wait: Wait;
    while (wait === undefined) {
      const open = await this.#open();
      const next = open.some(({ state }) => state === 'stored') ? this.#next(open) : undefined;
      if (!next) return true;
      wait = await this.#takeTurn(next);
    }
    return !(await this.#open()).some(({ state }) => state === 'stored');
  }

  close(): void {
    this.#closed = true;
    this.#cancelTimer();
    this.#unwatch();
  }

  #run(): void {
    if (this.#closed) return;
    if (this.#sending) {
      this.#again = true;
      return;
    }
    this.#sending = true;
    this.#isWaiting = false;
    void this.#sendAll().finally(() => {
      this.#sending = false;
      if (!this.#again) return;
      this.#again = false;
      this.#run();
    });
  }

  async #sendAll(): Promise<void> {
    for (;;) {
      const next = this.#next(await this.#open());
      if (!next || this.#closed) return;
      const wait = await this.#takeTurn(next);
      if (wait !== undefined) return this.#later(wait);
    }
  }

  #next(open: readonly OutboxRecord[]): OutboxRecord | undefined {
    const asked = open.filter(({ claim }) => !claim);
    return (this.#inOrder ? undefined : asked.find(({ state }) => state === 'stored')) ?? asked[0];
  }

  #takeTurn(next: OutboxRecord): Promise<Wait> {
    const { turn = (_, work) => work() } = this.#deps;
    return turn(prefixOf(this.#deps, this.#world), async () => {
      const now = (await this.#open()).find(({ id }) => id === next.id);
      // Whoever had the turn before us may have sent it.
      if (!now || !isSameWriting(now, next)) return undefined;
      return this.#orLetGo(this.#send(now));
    });
  }

  /** Whichever is first: the outcome, or a path that opens while this one hangs. What comes of it later is taken all the same. */
  async #orLetGo(outcome: Promise<Wait>): Promise<Wait> {
    let cancel = () => {};
    const letGo = new Promise<undefined>((resolve) => {
      const hangs = () => void (this.#letGo = () => resolve(undefined));
      cancel = this.#deps.clock.setTimer(HANGING_MS, hangs);
    });
    const wait = await Promise.race([outcome, letGo]);
    cancel();
    this.#letGo = () => {};
    return wait;
  }

  async #send(record: OutboxRecord): Promise<Wait> {
    const delivery = await this.#deps.deliver(record).catch((): Delivery => ({ kind: 'retry' }));
    const isSent = (current: OutboxRecord) =>
      current.id === record.id && equalBytes(current.hash, record.hash);
    switch (delivery.kind) {
      case 'receipt':
        this.#arrived();
        await this.#change(isSent, (current) => afterReceipt(current, delivery));
        return undefined;
      case 'kept':
        await this.#change(isSent, (current) => afterKept(current, delivery));
        return record.state === 'received' ? KEPT_POLL_MS : undefined;
      case 'retry':
        this.#deps.sendLater?.();
        return delivery.afterMs === undefined
          ? this.#backoff()
          : patienceMs(delivery.afterMs, this.#randomByte());
      case 'chain':
        return this.#resync(record);
      case 'failed':
        await this.#reissue(record, { failed: delivery.code });
        this.#inOrder = false;
        return undefined;
    }
  }

  /** Another device or a lost reply moved the chain: continue from the ledger's head. */
  async #resync(record: OutboxRecord): Promise<Wait> {
    const open = (await this.#open()).filter(({ claim }) => !claim);
    if (!open.some(({ hash }) => equalBytes(hash, record.hash))) return undefined;
    // One before it may be on its way into the ledger: as long as that is so, nothing is known of this one.
    if (open[0]?.id !== record.id) {
      this.#inOrder = true;
      return undefined;
    }
    try {
      const head = await this.#deps.fetchHead(this.#world);
      // The head is one of ours: asked again, it gets its receipt.
      if (open.some(({ hash }) => head && equalBytes(hash, head.hash))) return this.#backoff();
      await this.#reissue(record, { head });
      this.#inOrder = false;
      if (this.#reissued++ < AT_ONCE) return undefined;
    } catch {
      // Nobody can be asked now; the next attempt asks again.
    }
    return this.#backoff();
  }

  #arrived(): void {
    this.#attempt = 0;
    this.#reissued = 0;
    this.#inOrder = false;
  }

  #reissue(first: OutboxRecord, how: Reissue): Promise<void> {
    return this.#exclusive(async () => {
      await reissue(this.#deps, first, how);
      await this.#refresh();
    });
  }

  /** Changes one record as it lies in storage now, whoever else is at it. */
  #change(isIt: (record: OutboxRecord) => boolean, change: Change): Promise<void> {
    return this.#exclusive(async () => {
      for (;;) {
        // The last one: what failed and was said again word for word has the hash of the one that took its place.
        const was = (await readChain(this.#deps, this.#world)).findLast(isIt);
        const becomes = was && (await change(was));
        if (!was || !becomes) return;
        const row = toRow({ ...becomes, rev: (was.rev ?? 0) + 1 });
        if (await this.#deps.storage.swap('outbox', [toRow(was)], [row], isSameWriting)) break;
      }
      await this.#refresh();
    });
  }

  async #refresh(): Promise<void> {
    const records = await readChain(this.#deps, this.#world);
    this.#live.set(records.map((record) => this.#asKept(record)));
  }

  /** It is stored: whoever waits for that need not wait until all of them are read again. */
  #showNew(record: OutboxRecord): void {
    const shown = this.#live.value;
    if (shown.every(({ id, seq }) => id !== record.id && seq < record.seq))
      this.#live.set([...shown, this.#asKept(record)]);
  }

  #asKept(record: OutboxRecord): OutboxRecord {
    return this.#deps.storage.isKept('outbox', toRow(record)[0]) ? record : { ...record, unkept: true };
  }

  #later(ms: number): void {
    this.#cancelTimer();
    this.#isWaiting = true;
    this.#cancelTimer = this.#deps.clock.setTimer(ms, () => this.#run());
  }

  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(work);
    this.#tail = result.catch(() => {});
    return result;
  }

  #backoff(): number {
    return backoffMs(this.#attempt++, this.#randomByte());
  }

  #randomByte(): number {
    return this.#deps.random(1)[0] ?? 0;
  }

  async #open(): Promise<OutboxRecord[]> {
    return (await readChain(this.#deps, this.#world)).filter((record) => !isSettled(record));
  }
}
