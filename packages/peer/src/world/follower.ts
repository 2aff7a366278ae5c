/** Follows one world: verifies every entry, runs the rules, says what a screen shows, and sends this device's intents. */
import { type Bytes, bytesToHex, type Cbor, encodeCbor, equalBytes, err, ok, type Result, type Stepped } from '@fairground/ledger';
import type { Game } from '@fairground/rules';
import { createLive, type Live } from '../live.ts';
import type { OpenDocument } from '../document.ts';
import type { Identity } from '../identity.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { OutboxRecord, Plan } from '../outbox/record.ts';
import type { Clock } from '../ports.ts';
import { catchUp, type ReadLog } from './catchUp.ts';
import { createClockOffset } from './clockOffset.ts';
import { type Batch, batchesFrom } from './tail.ts';
import { createVerifiedLog, type GameLookup, type LogFault, type VerifiedLog } from './verifiedLog.ts';

export interface FollowerState {
  /** `live`: the tail is connected and all of it is verified. `offline`: what is shown may be old. `fault`: see `fault`. */
  readonly status: 'loading' | 'live' | 'offline' | 'fault' | 'closed';
  /** Entries verified. */
  readonly size: number;
  readonly verified: { readonly level: 'signed' | 'replayed' | 'audited'; readonly to: number };
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
  const { world, identity, outbox, clock } = deps;
  let log = createVerifiedLog(world, deps.gameFor);
  const offset = createClockOffset(deps.clockOffset);
  const live = createLive<FollowerState>({ status: 'loading', size: 0, verified: { level: 'signed', to: 0 }, view: undefined, clockOffset: deps.clockOffset });
  let tail: OpenDocument | undefined;
  let fault: LogFault | undefined;
  let badTails = 0;
  let wasLive = false;
  let closed = false;
  let pumping = false;
  let dirty = false;
  let cancelRetry = () => {};

  const game = () => log.opened?.game as Game<unknown, unknown, { readonly kind: string }> | undefined;

  function publish() {
    const { opened } = log;
    const size = log.entries.length;
    live.set({
      status: statusNow(),
      size,
      verified: { level: 'audited', to: size },
      view: opened && game()?.view(opened.replayed.state, { key: identity.key }),
      clockOffset: offset.ms,
      ...(opened && { game: opened.genesis.game }),
      ...(fault && { fault }),
    });
  }

  function statusNow(): FollowerState['status'] {
    if (fault && fault.blame !== 'transport') return 'fault';
    if (log.opened?.replayed.closed) return 'closed';
    if (tail?.status.value === 'online' && log.opened) return 'live';
    return log.opened || tail?.status.value === 'offline' ? 'offline' : 'loading';
  }

  function attach() {
    const opened = deps.openTail();
    tail = opened;
    opened.doc.on('update', pump);
    opened.status.subscribe((status) => {
      if (tail !== opened || closed) return;
      if (status === 'online') {
        outbox.kick();
        pump();
      }
      publish();
    });
  }

  function pump() {
    dirty = true;
    if (pumping || closed) return;
    pumping = true;
    void (async () => {
      try {
        while (dirty && !closed) {
          dirty = false;
          await takeTail();
        }
      } finally {
        pumping = false;
      }
    })();
  }

  /** One pass: whatever the tail document holds past our end, verified under its last checkpoint. */
  async function takeTail(): Promise<void> {
    if (!tail || (fault && fault.blame !== 'transport')) return;
    const batches = batchesFrom(tail.doc, log.entries.length);
    if (!batches.ok) return badTail({ blame: 'transport', code: batches.code, index: log.entries.length, message: 'the tail holds something that is no batch' });
    const whole = joined(batches.value);
    if (!whole) {
      if (tail.status.value === 'online' && log.entries.length === 0) await fromTiles();
      return;
    }
    if (whole.first > log.entries.length) return fromTiles();
    await take(whole, badTail);
  }

  async function take(batch: Batch, onTransport: (fault: LogFault) => void | Promise<void>): Promise<void> {
    const arrived = clock.now();
    const extended = await log.extend(batch);
    if (closed) return;
    if (!extended.ok) {
      if (extended.fault.blame === 'transport') return onTransport(extended.fault);
      fault = extended.fault;
      return publish();
    }
    fault = undefined;
    badTails = 0;
    await settleMine(extended.steps);
    const newest = extended.steps.at(-1)?.entry;
    if (wasLive && newest) offset.sample(newest.at, arrived);
    if (tail?.status.value === 'online') wasLive = true;
    publish();
    await doChores();
  }

  /** The transport is not to be trusted: a fresh document first, then the tiles. */
  function badTail(problem: LogFault): void | Promise<void> {
    fault = problem;
    tail?.close();
    tail = undefined;
    publish();
    badTails++;
    if (badTails > TAIL_RETRIES) return fromTiles().then(retryLater);
    retryLater();
  }

  function retryLater() {
    cancelRetry();
    cancelRetry = clock.setTimer(RETRY_MS, () => {
      if (!closed && !tail) attach();
    });
  }

  async function fromTiles(): Promise<void> {
    const batch = await catchUp(deps.readLog, log.entries.length).catch(() => err('log_unreachable'));
    if (closed) return;
    if (!batch.ok) {
      cancelRetry();
      cancelRetry = clock.setTimer(RETRY_MS, () => (tail ? pump() : attach()));
      return;
    }
    await take(batch.value, (problem) => {
      fault = problem;
      // A first batch that did not verify may have come from a wrong log altogether: begin again.
      if (log.entries.length === 0) log = createVerifiedLog(world, deps.gameFor);
      publish();
    });
    dirty = true;
  }

  async function settleMine(steps: readonly Stepped<unknown>[]): Promise<void> {
    for (const { index, entry, intent } of steps) {
      if (entry.kind !== 'intent' || !intent || !equalBytes(intent.key, identity.key)) continue;
      await outbox.settle(world, intent.hash, index, entry.refused);
    }
  }

  /** What the rules want of this device without asking its person, each once. */
  async function doChores(): Promise<void> {
    await outbox.loaded(world);
    const { opened } = log;
    if (!opened || opened.replayed.closed) return;
    const bodies = game()?.chores(opened.replayed.state, { key: identity.key }, deps.secret) ?? [];
    for (const { kind, ...body } of bodies) {
      const plan: Plan = { kind, body: body as Plan['body'] };
      const same = (record: OutboxRecord) => record.plan.kind === kind && equalBytes(encodeCbor(record.plan.body), encodeCbor(plan.body));
      if (!outbox.records(world).value.some(same)) await outbox.submit(world, plan, headOf());
    }
  }

  const headOf = () => log.opened?.replayed.heads.get(bytesToHex(identity.key));

  attach();
  return {
    world,
    secret: deps.secret,
    get value() {
      return live.value;
    },
    subscribe: live.subscribe,
    mine: outbox.records(world),
    get log() {
      return log;
    },
    async submit({ kind, body = {}, seal }) {
      const pk = seal && log.lotKeys.get(seal.lot);
      if (seal && !pk) return err('lot_unknown');
      const plan: Plan = seal && pk ? { kind, body, seal: { ...seal, pk } } : { kind, body };
      return ok(await outbox.submit(world, plan, headOf()));
    },
    reconnect: () => tail?.reconnect(),
    close() {
      closed = true;
      cancelRetry();
      tail?.close();
    },
  };
}

/** Consecutive batches as one, under the last checkpoint: it covers them all. */
function joined(batches: readonly Batch[]): Batch | undefined {
  const [first] = batches;
  const last = batches.at(-1);
  if (!first || !last) return undefined;
  return { first: first.first, entries: batches.flatMap((batch) => batch.entries), checkpoint: last.checkpoint };
}
