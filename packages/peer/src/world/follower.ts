/** Follows one world: verifies every entry, runs the rules, says what a screen shows, and sends this device's intents. */
import { type Bytes, err, ok, type Result, type Stepped } from '@fairground/ledger';
import { TAIL_ROOT } from '@fairground/protocol';
import { createLive, type Live, type WritableLive } from '../live.ts';
import type { OpenDocument } from '../document.ts';
import type { OutboxRecord, Plan } from '../outbox/record.ts';
import { Offering } from './bringBack.ts';
import { catchUp } from './catchUp.ts';
import { Drawings } from './drawings.ts';
import type { Follower, FollowerDeps, FollowerState, Wish } from './followerState.ts';
import { doChores, headOf, settleOwn } from './ownIntents.ts';
import { Lookout } from './lookout.ts';
import { type ClockOffset, createClockOffset } from './clockOffset.ts';
import { type Batch, batchesFrom, joined } from './tail.ts';
import { nothingShown, shownState } from './shownState.ts';
import { isOutdated } from './standing.ts';
import { takeHome } from './takeHome.ts';
import { Tribunal } from './tribunal.ts';
import { createVerifiedLog, type LogFault, type VerifiedLog } from './verifiedLog.ts';

/** How often a tail that does not verify is opened anew before the tiles are asked. */
const TAIL_RETRIES = 2;
const RETRY_MS = 2_000;
const UNKNOWN_RETRY_MS = 15_000;

type OnTransport = (fault: LogFault) => void | Promise<void>;

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
  readonly #offset: ClockOffset;
  readonly #log: VerifiedLog;
  readonly #restored: Promise<void>;
  #tail: OpenDocument | undefined;
  #fault: LogFault | undefined;
  #badTails = 0;
  #wasLive = false;
  /** The tail has come online, and we have not looked yet whether it says all. */
  #isUnsure = false;
  #closed = false;
  #pumping = false;
  #dirty = false;
  #cancelRetry = () => {};
  readonly tribunal: Tribunal;
  readonly #offering: Offering;
  readonly #lookout: Lookout | undefined;
  readonly #stopWatching: () => void;

  constructor(deps: FollowerDeps) {
    this.#deps = deps;
    this.world = deps.world;
    this.file = deps.shelf.file;
    this.secret = deps.secret;
    this.mine = deps.outbox.records(deps.world);
    const { openView: open } = deps;
    const drawings = open && new Drawings();
    this.#log = createVerifiedLog(deps.world, deps.gameFor, drawings);
    this.#offset = createClockOffset();
    this.tribunal = new Tribunal({
      ...{ log: this.#log, readLog: deps.readLog, keeper: deps.keeper },
      ready: () => this.#restored,
      mine: () => this.mine.value,
      relays: () => deps.relays(),
      changed: () => this.#publish(),
    });
    this.#live = createLive(nothingShown);
    this.#offering = new Offering(deps);
    const looking = { log: this.#log, tribunal: this.tribunal, changed: () => this.#publish() };
    this.#lookout = drawings && new Lookout({ ...looking, drawings, open });
    this.#stopWatching = this.mine.subscribe(() => this.tribunal.grown());
    this.#restored = this.#restore();
    void this.#guessOffset();
    this.#attach();
  }

  get value(): FollowerState {
    return this.#live.value;
  }

  get log(): VerifiedLog {
    return this.#log;
  }

  subscribe(listener: (value: FollowerState) => void): () => void {
    return this.#live.subscribe(listener);
  }

  async submit({ kind, body = {}, seal }: Wish): Promise<Result<OutboxRecord, 'lot_unknown'>> {
    const pk = seal && this.#log.lotKeys.get(seal.lot);
    if (seal && !pk) return err('lot_unknown');
    const plan: Plan = seal && pk ? { kind, body, seal: { ...seal, pk } } : { kind, body };
    const ledgerHead = headOf(this.#log, this.#deps.identity.key);
    return ok(await this.#deps.outbox.submit(this.world, plan, { ledgerHead }));
  }

  takeHome(): Promise<Bytes> {
    return takeHome(this.#log, this.#deps);
  }

  reconnect(): void {
    this.#tail?.reconnect();
    this.#lookout?.reconnect();
  }

  close(): void {
    this.#closed = true;
    this.#cancelRetry();
    this.#stopWatching();
    this.#offering.end();
    this.#lookout?.close();
    this.#tail?.close();
    void this.#deps.keeper.close();
  }

  /** Shows what this device has verified before; whoever changed it meanwhile is not believed, nor is an accusation that was kept. */
  async #restore(): Promise<void> {
    const kept = await this.#deps.keeper.load();
    if (kept && !this.#closed && (await this.#extend(kept, () => {}))) this.#publish();
    await this.tribunal.reopen();
  }

  async #guessOffset(): Promise<void> {
    if (this.#offset.isSampled) return;
    const ms = await this.#deps.guessOffset().catch(() => undefined);
    if (ms === undefined || this.#closed) return;
    this.#offset.guess(ms);
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
        this.#offering.begin(this.#log);
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
    // A world that we hold is there, though a relay that was set up anew has not heard of it yet.
    if (tail.refusedWith === 'document_unknown' && this.#log.opened) this.#dropTail(UNKNOWN_RETRY_MS);
  }

  #dropTail(ms = RETRY_MS): void {
    this.#tail?.close();
    this.#tail = undefined;
    this.#retry(() => this.#tail ?? this.#attach(), ms);
  }

  #publish(): void {
    this.#live.set(
      shownState({
        ...{ log: this.#log, tribunal: this.tribunal, lookout: this.#lookout, tail: this.#tail },
        ...{ fault: this.#fault, isCondemned: this.#isCondemned(), clockOffset: this.#offset.ms },
        key: this.#deps.identity.key,
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
      await this.#takeTail();
    }
  }

  /** Whatever the tail document holds past our end, verified under its last checkpoint. */
  async #takeTail(): Promise<void> {
    if (!this.#tail || this.#isCondemned()) return;
    const size = this.#log.entries.length;
    const batches = batchesFrom(this.#tail.doc, size);
    if (!batches.ok) {
      const message = 'the tail holds something that is no batch';
      return this.#badTail({ blame: 'transport', code: batches.code, index: size, message });
    }
    // A tail that was written anew may end where ours ends, or before, with another history.
    if (batches.value.length === 0) await this.tribunal.hearTail(this.#tail.doc);
    if (this.#isCondemned() || !this.#tail) return undefined;
    const whole = joined(batches.value);
    if (whole && whole.first <= size) return this.#take(whole, (fault) => this.#badTail(fault));
    if (this.#tail.status.value !== 'online') return whole && this.#takeTiles('needed');
    if (whole || size === 0) return this.#takeTiles('needed');
    if (!this.#isUnsure) return undefined;
    this.#isUnsure = false;
    // An empty tail says nothing: all of it may have been sealed while we were away.
    if (this.#tail.doc.getArray(TAIL_ROOT).length === 0) await this.#takeTiles('perhaps');
    await doChores(this.#deps, this.#log);
  }

  async #take(batch: Batch, onTransport: OnTransport): Promise<void> {
    const arrived = this.#deps.clock.now();
    const steps = await this.#extend(batch, onTransport);
    if (!steps) return;
    this.#deps.keeper.grown(this.#log);
    const newest = steps.at(-1)?.entry;
    if (this.#wasLive && newest) this.#offset.sample(newest.at, arrived);
    this.#wasLive ||= this.#tail?.status.value === 'online';
    this.#publish();
    await doChores(this.#deps, this.#log);
  }

  /** What was stepped; undefined if the batch is not to be believed or we are closed. */
  async #extend(batch: Batch, onTransport: OnTransport): Promise<readonly Stepped<unknown>[] | undefined> {
    const extended = await this.#log.extend(batch);
    if (this.#closed) return undefined;
    if (!extended.ok && extended.fault.blame === 'transport') {
      if (this.#log.entries.length > 0) await this.tribunal.badBatch(batch);
      if (!this.#isCondemned() && !this.#closed) await onTransport(extended.fault);
      return undefined;
    }
    // Meanwhile something may have been proved: then nothing that comes makes it good.
    if (this.#isCondemned()) return undefined;
    this.#fault = extended.ok ? undefined : extended.fault;
    if (!extended.ok) {
      this.tribunal.ruleBroken(extended);
      this.#publish();
      return undefined;
    }
    this.#badTails = 0;
    this.tribunal.grown(extended.steps);
    this.#lookout?.grown();
    const { opened } = this.#log;
    if (opened) this.#deps.heardAuthority(opened.replayed.authorityKey);
    await settleOwn(this.#deps, extended.steps);
    return extended.steps;
  }

  /** The transport is not to be trusted: a fresh document first, then the tiles. */
  async #badTail(fault: LogFault): Promise<void> {
    this.#fault = fault;
    this.#tail?.close();
    this.#tail = undefined;
    this.#publish();
    this.#badTails++;
    if (this.#badTails > TAIL_RETRIES) await this.#takeTiles('needed');
    this.#retry(() => this.#tail ?? this.#attach());
  }

  /** `perhaps`: that the log has nothing more is as good an answer. */
  async #takeTiles(need: 'needed' | 'perhaps'): Promise<void> {
    const from = this.#log.entries.length;
    const batch = await catchUp(this.#deps.readLog, from).catch(() => err('log_unreachable'));
    if (this.#closed) return;
    if (!batch.ok) {
      if (batch.code === 'log_current' && need === 'perhaps') return;
      if (batch.code === 'log_behind') this.#offering.begin(this.#log);
      this.#isUnsure = true;
      return this.#retry(() => (this.#tail ? this.#pump() : this.#attach()));
    }
    await this.#take(batch.value, (fault) => {
      this.#fault = fault;
      this.#publish();
    });
    this.#dirty = true;
  }

  #retry(act: () => void, ms = RETRY_MS): void {
    this.#cancelRetry();
    this.#cancelRetry = this.#deps.clock.setTimer(ms, () => {
      if (!this.#closed) act();
    });
  }

  #isCondemned(): boolean {
    const { fault } = this.tribunal;
    return fault !== undefined || (this.#fault !== undefined && this.#fault.blame !== 'transport');
  }
}
