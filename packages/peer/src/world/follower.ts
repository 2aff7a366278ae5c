/** Follows one world: verifies every entry, runs the rules, says what a screen shows, and sends this device's intents. */
import { type Bytes, type Cbor, err, ok, type Result } from '@fairground/ledger';
import { createLive, type Live, type WritableLive } from '../live.ts';
import type { OpenDocument } from '../document.ts';
import type { Identity } from '../identity.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { OutboxRecord, Plan } from '../outbox/record.ts';
import type { Clock } from '../ports.ts';
import { catchUp, type ReadLog } from './catchUp.ts';
import { doChores, gameOf, headOf, settleOwn } from './ownIntents.ts';
import { type ClockOffset, createClockOffset } from './clockOffset.ts';
import { type Batch, batchesFrom } from './tail.ts';
import {
  createVerifiedLog,
  type GameLookup,
  type LogFault,
  type VerifiedLevel,
  type VerifiedLog,
} from './verifiedLog.ts';

export interface FollowerState {
  /** `live`: the tail is connected and all of it is verified. `offline`: what is shown may be old. `fault`: see `fault`. */
  readonly status: 'loading' | 'live' | 'offline' | 'fault' | 'closed';
  /** Entries verified. */
  readonly size: number;
  readonly verified: { readonly level: VerifiedLevel; readonly to: number };
  readonly fault?: LogFault;
  /** `game.view` for this device's key; undefined until the genesis is in. */
  readonly view: unknown;
  readonly game?: string;
  /** The authority's clock minus this device's, ms. */
  readonly clockOffset: number;
}

export interface FollowerDeps {
  readonly world: Bytes;
  readonly identity: Identity;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly gameFor: GameLookup;
  /** Opens the tail document anew. */
  openTail(): OpenDocument;
  readonly readLog: ReadLog;
  /** This device's 32 secret bytes of this world. */
  readonly secret: Bytes;
  /** A first guess of the clock offset, ms. */
  readonly clockOffset: number;
}

/** What a person or bot wants to do. `seal` hides `value` until its lot is opened. */
export interface Wish {
  readonly kind: string;
  readonly body?: { readonly [key: string]: Cbor };
  readonly seal?: { readonly lot: number; readonly value: Cbor; readonly size: number };
}

export interface Follower extends Live<FollowerState> {
  readonly world: Bytes;
  readonly secret: Bytes;
  /** This device's intents in this world, oldest first. */
  readonly mine: Live<readonly OutboxRecord[]>;
  /** Stored on the device when it resolves; follow `mine` for what becomes of it. */
  submit(wish: Wish): Promise<Result<OutboxRecord, 'lot_unknown'>>;
  /** What has been verified so far, for an export. */
  readonly log: VerifiedLog;
  reconnect(): void;
  close(): void;
}

/** How often a tail that does not verify is opened anew before the tiles are asked. */
const TAIL_RETRIES = 2;
const RETRY_MS = 2_000;

export function followWorld(deps: FollowerDeps): Follower {
  return new WorldFollower(deps);
}

/** Owns the tail's socket and the retry timer of one world. */
class WorldFollower implements Follower {
  readonly world: Bytes;
  readonly secret: Bytes;
  readonly mine: Live<readonly OutboxRecord[]>;
  readonly #deps: FollowerDeps;
  readonly #live: WritableLive<FollowerState>;
  readonly #offset: ClockOffset;
  #log: VerifiedLog;
  #tail: OpenDocument | undefined;
  #fault: LogFault | undefined;
  #badTails = 0;
  #wasLive = false;
  #closed = false;
  #pumping = false;
  #dirty = false;
  #cancelRetry = () => {};

  constructor(deps: FollowerDeps) {
    this.#deps = deps;
    this.world = deps.world;
    this.secret = deps.secret;
    this.mine = deps.outbox.records(deps.world);
    this.#log = createVerifiedLog(deps.world, deps.gameFor);
    this.#offset = createClockOffset(deps.clockOffset);
    this.#live = createLive<FollowerState>({
      status: 'loading',
      size: 0,
      verified: { level: 'signed', to: 0 },
      view: undefined,
      clockOffset: deps.clockOffset,
    });
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
    return ok(await this.#deps.outbox.submit(this.world, plan, headOf(this.#log, this.#deps.identity.key)));
  }

  reconnect(): void {
    this.#tail?.reconnect();
  }

  close(): void {
    this.#closed = true;
    this.#cancelRetry();
    this.#tail?.close();
  }

  #attach(): void {
    const tail = this.#deps.openTail();
    this.#tail = tail;
    tail.doc.on('update', () => this.#pump());
    tail.status.subscribe((status) => {
      if (this.#tail !== tail || this.#closed) return;
      if (status === 'online') {
        this.#deps.outbox.kick();
        this.#pump();
      }
      this.#publish();
    });
  }

  #publish(): void {
    const { opened, entries } = this.#log;
    this.#live.set({
      status: this.#status(),
      size: entries.length,
      verified: { level: this.#log.level, to: entries.length },
      view: gameOf(this.#log)?.view(opened?.replayed.state, { key: this.#deps.identity.key }),
      clockOffset: this.#offset.ms,
      ...(opened && { game: opened.genesis.game }),
      ...(this.#fault && { fault: this.#fault }),
    });
  }

  #status(): FollowerState['status'] {
    const { opened } = this.#log;
    if (this.#isCondemned()) return 'fault';
    if (opened?.replayed.closed) return 'closed';
    if (this.#tail?.status.value === 'online' && opened) return 'live';
    const isCut = this.#tail?.status.value === 'offline' || this.#tail?.status.value === 'refused';
    return opened || isCut ? 'offline' : 'loading';
  }

  /** Takes what the tail holds; one pass at a time, again when something came meanwhile. */
  #pump(): void {
    this.#dirty = true;
    if (this.#pumping || this.#closed) return;
    this.#pumping = true;
    void this.#drain().finally(() => (this.#pumping = false));
  }

  async #drain(): Promise<void> {
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
    const whole = joined(batches.value);
    if (whole && whole.first <= size) return this.#take(whole, (fault) => this.#badTail(fault));
    if (whole || (size === 0 && this.#tail.status.value === 'online')) await this.#takeTiles();
  }

  async #take(batch: Batch, onTransport: (fault: LogFault) => void | Promise<void>): Promise<void> {
    const arrived = this.#deps.clock.now();
    const extended = await this.#log.extend(batch);
    if (this.#closed) return;
    if (!extended.ok) {
      if (extended.fault.blame === 'transport') return onTransport(extended.fault);
      this.#fault = extended.fault;
      return this.#publish();
    }
    this.#fault = undefined;
    this.#badTails = 0;
    await settleOwn(this.#deps, extended.steps);
    const newest = extended.steps.at(-1)?.entry;
    if (this.#wasLive && newest) this.#offset.sample(newest.at, arrived);
    this.#wasLive ||= this.#tail?.status.value === 'online';
    this.#publish();
    await doChores(this.#deps, this.#log);
  }

  /** The transport is not to be trusted: a fresh document first, then the tiles. */
  async #badTail(fault: LogFault): Promise<void> {
    this.#fault = fault;
    this.#tail?.close();
    this.#tail = undefined;
    this.#publish();
    this.#badTails++;
    if (this.#badTails > TAIL_RETRIES) await this.#takeTiles();
    this.#retry(() => this.#tail ?? this.#attach());
  }

  async #takeTiles(): Promise<void> {
    const from = this.#log.entries.length;
    const batch = await catchUp(this.#deps.readLog, from).catch(() => err('log_unreachable'));
    if (this.#closed) return;
    if (!batch.ok) return this.#retry(() => (this.#tail ? this.#pump() : this.#attach()));
    await this.#take(batch.value, (fault) => {
      this.#fault = fault;
      this.#publish();
    });
    this.#dirty = true;
  }

  #retry(act: () => void): void {
    this.#cancelRetry();
    this.#cancelRetry = this.#deps.clock.setTimer(RETRY_MS, () => {
      if (!this.#closed) act();
    });
  }

  #isCondemned(): boolean {
    return this.#fault !== undefined && this.#fault.blame !== 'transport';
  }
}

/** Consecutive batches as one, under the last checkpoint: it covers them all. */
function joined(batches: readonly Batch[]): Batch | undefined {
  const [first] = batches;
  const last = batches.at(-1);
  if (!first || !last) return undefined;
  return {
    first: first.first,
    entries: batches.flatMap((batch) => batch.entries),
    checkpoint: last.checkpoint,
  };
}
