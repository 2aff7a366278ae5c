/** Follows one world: verifies every entry, runs the rules, says what a screen shows, and sends this device's intents. */
import { type Bytes, err, type Result } from '@fairground/ledger';
import { TAIL_ROOT } from '@fairground/protocol';
import { createLive, type Live, type WritableLive } from '../live.ts';
import type { OpenDocument } from '../document.ts';
import type { OutboxRecord } from '../outbox/record.ts';
import { Offering } from './bringBack.ts';
import { catchUp, readHead } from './catchUp.ts';
import type { Follower, FollowerDeps, FollowerState, Wish } from './followerState.ts';
import { Progress } from './progress.ts';
import { nothingShown, shownState } from './shownState.ts';
import { isOutdated } from './standing.ts';
import { batchesFrom, joined } from './tail.ts';
import { takeHome } from './takeHome.ts';
import type { FollowedLog, LogFault, VerifiedLog } from './verifiedLog.ts';

/** How often a tail that does not verify is opened anew before the tiles are asked. */
const TAIL_RETRIES = 2;
const RETRY_MS = 2_000;
const UNKNOWN_RETRY_MS = 15_000;

export function followWorld(deps: FollowerDeps): Follower {
  return new WorldFollower(deps);
}

/** Owns the tail's socket and the retry timer of one world. */
class WorldFollower implements Follower {
  readonly world: Bytes;
  readonly secret: Bytes;
  readonly mine: Live<readonly OutboxRecord[]>;
  readonly file: Follower['file'];
  readonly #deps: FollowerDeps;
  readonly #live: WritableLive<FollowerState>;
  readonly #progress: Progress;
  readonly #restored: Promise<void>;
  readonly #offering: Offering;
  readonly #stopWatching: () => void;
  #tail: OpenDocument | undefined;
  #badTails = 0;
  /** The tail has come online, and we have not looked yet whether it says all. */
  #isUnsure = false;
  #closed = false;
  #pumping = false;
  #dirty = false;
  #cancelRetry = () => {};

  constructor(deps: FollowerDeps) {
    this.#deps = deps;
    this.world = deps.world;
    this.file = deps.shelf.file;
    this.secret = deps.secret;
    this.mine = deps.outbox.records(deps.world);
    this.#live = createLive(nothingShown);
    this.#offering = new Offering(deps);
    this.#progress = new Progress(deps, {
      changed: () => this.#publish(),
      audited: () => this.#pump(),
      restored: () => this.#restored,
      isOnline: () => this.#tail?.status.value === 'online',
    });
    this.#stopWatching = this.mine.subscribe(() => this.tribunal.grown());
    this.#restored = this.#progress.restore();
    void this.#guessOffset();
    this.#attach();
  }

  get value(): FollowerState {
    return this.#live.value;
  }

  get log(): VerifiedLog {
    return this.#progress.log;
  }

  get shown(): FollowedLog {
    return this.#progress.shown;
  }

  get tribunal(): Progress['tribunal'] {
    return this.#progress.tribunal;
  }

  subscribe(listener: (value: FollowerState) => void): () => void {
    return this.#live.subscribe(listener);
  }

  submit(wish: Wish): Promise<Result<OutboxRecord, 'lot_unknown'>> {
    return this.#progress.submit(wish);
  }

  async takeHome(): Promise<Bytes> {
    await this.#progress.whole();
    return takeHome(this.log, this.#deps);
  }

  reconnect(): void {
    this.#tail?.reconnect();
    this.#progress.lookout?.reconnect();
  }

  close(): void {
    this.#closed = true;
    this.#cancelRetry();
    this.#stopWatching();
    this.#offering.end();
    this.#progress.close();
    this.#tail?.close();
    void this.#deps.keeper.close();
  }

  async #guessOffset(): Promise<void> {
    const { offset } = this.#progress;
    if (offset.isSampled) return;
    const ms = await this.#deps.guessOffset().catch(() => undefined);
    if (ms === undefined || this.#closed) return;
    offset.guess(ms);
    this.#publish();
  }

  #attach(): void {
    const tail = this.#deps.openTail();
    this.#tail = tail;
    tail.doc.on('update', () => this.#pump());
    tail.status.subscribe((status) => {
      if (this.#tail !== tail || this.#closed) return;
      if (status === 'online') {
        this.#isUnsure = true;
        this.#offering.begin(this.log);
        this.#deps.outbox.kick();
        void this.#guessOffset();
        this.#pump();
      }
      if (status === 'refused') this.#refused(tail);
      this.#publish();
    });
  }

  #refused(tail: OpenDocument): void {
    // The document was made anew, or is an older copy of what we hold: that is worth nothing, what we verified stays.
    if (isOutdated(tail)) this.#dropTail();
    if (tail.refusedWith !== 'document_unknown') return;
    // A relay that was put back or set up anew may not have heard of it yet, whether we still hold it or not.
    if (this.#progress.shown.opened) this.#dropTail(UNKNOWN_RETRY_MS);
    else this.#retry(() => tail.reconnect(), UNKNOWN_RETRY_MS);
  }

  #dropTail(ms = RETRY_MS): void {
    this.#tail?.close();
    this.#tail = undefined;
    this.#retry(() => this.#tail ?? this.#attach(), ms);
  }

  #publish(): void {
    const { shown, tribunal, lookout, fault, isCondemned, offset } = this.#progress;
    this.#live.set(
      shownState({
        ...{ log: shown, tribunal, lookout, tail: this.#tail, fault, isCondemned },
        ...{ clockOffset: offset.ms, key: this.#deps.identity.key },
      }),
    );
  }

  /** Takes what the tail holds; one pass at a time, again when something came meanwhile. */
  #pump(): void {
    this.#dirty = true;
    if (this.#pumping || this.#closed) return;
    this.#pumping = true;
    void this.#drain().finally(() => {
      this.#pumping = false;
      if (this.#dirty) this.#pump();
    });
  }

  async #drain(): Promise<void> {
    await this.#restored;
    while (this.#dirty && !this.#closed) {
      this.#dirty = false;
      await this.#progress.becomeWhole();
      await this.#takeTail();
    }
  }

  /** Whatever the tail document holds past our end, verified under its last checkpoint. */
  async #takeTail(): Promise<void> {
    const progress = this.#progress;
    if (!this.#tail || progress.isCondemned) return;
    const { size } = progress.shown;
    const batches = batchesFrom(this.#tail.doc, size);
    if (!batches.ok) {
      const message = 'the tail holds something that is no batch';
      return this.#badTail({ blame: 'transport', code: batches.code, index: size, message });
    }
    // A tail that was written anew may end where ours ends, or before, with another history.
    if (batches.value.length === 0) await this.tribunal.hearTail(this.#tail.doc);
    if (progress.isCondemned || !this.#tail) return undefined;
    const whole = joined(batches.value);
    if (whole && whole.first <= size) {
      const fault = await progress.take(whole);
      if (fault) return this.#badTail(fault);
      this.#badTails = 0;
      return undefined;
    }
    if (this.#tail.status.value !== 'online') return whole && this.#takeTiles('needed');
    if (whole || size === 0) return this.#takeTiles('needed');
    if (!this.#isUnsure) return undefined;
    this.#isUnsure = false;
    // An empty tail says nothing: all of it may have been sealed while we were away.
    if (this.#tail.doc.getArray(TAIL_ROOT).length === 0) await this.#takeTiles('perhaps');
    await progress.chores();
  }

  /** The transport is not to be trusted: a fresh document first, then the tiles. */
  async #badTail(fault: LogFault): Promise<void> {
    this.#tail?.close();
    this.#tail = undefined;
    this.#progress.blame(fault);
    this.#badTails++;
    if (this.#badTails > TAIL_RETRIES) await this.#takeTiles('needed');
    this.#retry(() => this.#tail ?? this.#attach());
  }

  /** `perhaps`: that the log has nothing more is as good an answer. */
  async #takeTiles(need: 'needed' | 'perhaps'): Promise<void> {
    const { readLog } = this.#deps;
    const progress = this.#progress;
    const head = await readHead(readLog).catch(() => err('log_unreachable'));
    const hasBegun = head.ok && (await progress.begin(head.value));
    if (this.#closed) return;
    if (hasBegun) {
      this.#dirty = true;
      return;
    }
    const { size } = progress.shown;
    const batch = head.ok
      ? await catchUp(readLog, size, head.value).catch(() => err('log_unreachable'))
      : head;
    if (this.#closed) return;
    if (!batch.ok) {
      if (batch.code === 'log_current' && need === 'perhaps') return;
      if (batch.code === 'log_behind') this.#offering.begin(this.log);
      this.#isUnsure = true;
      return this.#retry(() => (this.#tail ? this.#pump() : this.#attach()));
    }
    const fault = await progress.take(batch.value);
    if (fault) {
      progress.blame(fault);
      this.#isUnsure = true;
      return this.#retry(() => (this.#tail ? this.#pump() : this.#attach()));
    }
    this.#badTails = 0;
    this.#dirty = true;
  }

  #retry(act: () => void, ms = RETRY_MS): void {
    this.#cancelRetry();
    this.#cancelRetry = this.#deps.clock.setTimer(ms, () => {
      if (!this.#closed) act();
    });
  }
}
