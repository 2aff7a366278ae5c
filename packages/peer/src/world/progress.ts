/** How far a world has come on this device: what arrives is verified, judged, and told to whom it concerns. */
import { err, ok, type Result, type Stepped } from '@fairground/ledger';
import type { OutboxRecord, Plan } from '../outbox/record.ts';
import type { ServedHead } from './catchUp.ts';
import { type ClockOffset, createClockOffset } from './clockOffset.ts';
import { Drawings } from './drawings.ts';
import type { FollowerDeps, Wish } from './followerState.ts';
import { HeadStart, LONG_WAY } from './headStart.ts';
import { Lookout } from './lookout.ts';
import { doChores, headOf, settleOwn } from './ownIntents.ts';
import type { Batch } from './tail.ts';
import { Tribunal } from './tribunal.ts';
import {
  createVerifiedLog,
  type Extended,
  type FollowedLog,
  type LogFault,
  type VerifiedLog,
} from './verifiedLog.ts';

export interface ProgressEvents {
  /** There is something else to show. */
  changed(): void;
  /** The audit of what came before a snapshot is through: `becomeWhole` in turn with everything else. */
  audited(): void;
  /** What this device had kept is read. */
  restored(): Promise<void>;
  isOnline(): boolean;
}

type Steps = readonly Stepped<unknown>[];

/** Nothing of it is re-entrant: whoever calls does so in turn. */
export class Progress {
  readonly log: VerifiedLog;
  readonly tribunal: Tribunal;
  readonly lookout: Lookout | undefined;
  readonly offset: ClockOffset = createClockOffset();
  readonly #deps: FollowerDeps;
  readonly #events: ProgressEvents;
  readonly #headStart: HeadStart;
  #fault: LogFault | undefined;
  #wasLive = false;
  #closed = false;

  constructor(deps: FollowerDeps, events: ProgressEvents) {
    const { world, gameFor, readLog, clock, random, keeper, longWay = LONG_WAY, openView: open } = deps;
    const { changed, restored, audited: done } = events;
    this.#deps = deps;
    this.#events = events;
    const drawings = open && new Drawings();
    const log = createVerifiedLog(world, gameFor, drawings);
    this.log = log;
    this.#headStart = new HeadStart({ log, gameFor, readLog, clock, random, longWay, done });
    this.tribunal = new Tribunal({
      ...{ log, readLog, keeper, changed, ready: restored },
      mine: () => deps.outbox.records(world).value,
      relays: () => deps.relays(),
    });
    this.lookout = drawings && new Lookout({ log, tribunal: this.tribunal, changed, drawings, open });
  }

  /** The audited log, or while it is on its way the one that began at a snapshot. */
  get shown(): FollowedLog {
    return this.#headStart.log;
  }

  get fault(): LogFault | undefined {
    return this.#fault;
  }

  get isCondemned(): boolean {
    if (this.tribunal.fault) return true;
    return this.#fault !== undefined && this.#fault.blame !== 'transport';
  }

  /** What this device has verified before; whoever changed it meanwhile is not believed, nor is an accusation that was kept. */
  async restore(): Promise<void> {
    const kept = await this.#deps.keeper.load();
    const extended = kept && !this.#closed ? await this.#extend(kept) : undefined;
    if (extended?.ok && (await this.#judged(extended))) this.#events.changed();
    await this.tribunal.reopen();
  }

  /** What the transport is to be blamed for, if anything. */
  async take(batch: Batch): Promise<LogFault | undefined> {
    const arrived = this.#deps.clock.now();
    const extended = await this.#extend(batch);
    if (!extended) return undefined;
    if (!extended.ok && extended.fault.blame === 'transport') return extended.fault;
    const steps = await this.#judged(extended);
    if (steps) await this.#taken(steps, arrived);
    return undefined;
  }

  /** False where the way from our log to that head is short, or nothing was found to begin at. */
  async begin(head: ServedHead): Promise<boolean> {
    const begun = await this.#headStart.begin(head);
    if (!begun || this.#closed) return false;
    const steps = await this.#judged(begun);
    if (steps) await this.#taken(steps, this.#deps.clock.now());
    return true;
  }

  /** What came before the snapshot is audited: from here on there is one log. */
  async becomeWhole(): Promise<void> {
    const joined = await this.#headStart.join();
    if (!joined || this.#closed || !(await this.#judged(joined))) return;
    this.#deps.keeper.grown(this.log);
    await this.tribunal.reopen();
    this.#events.changed();
  }

  /** Resolves when no audit runs any more. */
  whole(): Promise<void> {
    return this.#headStart.whole();
  }

  /** What came was not to be believed. */
  blame(fault: LogFault): void {
    this.#fault = fault;
    this.#events.changed();
  }

  /** Submits what the rules want of this device unasked. */
  chores(): Promise<void> {
    return doChores(this.#deps, this.shown);
  }

  async submit({ kind, body = {}, seal }: Wish): Promise<Result<OutboxRecord, 'lot_unknown'>> {
    const { outbox, identity, world } = this.#deps;
    const pk = seal && (this.shown.lotKeys.get(seal.lot) ?? (await this.#headStart.lotKey(seal.lot)));
    if (seal && !pk) return err('lot_unknown');
    const plan: Plan = seal && pk ? { kind, body, seal: { ...seal, pk } } : { kind, body };
    return ok(await outbox.submit(world, plan, { ledgerHead: headOf(this.shown, identity.key) }));
  }

  close(): void {
    this.#closed = true;
    this.#headStart.close();
    this.lookout?.close();
  }

  /** Undefined if we are closed, or what the transport brought has ended trust. */
  async #extend(batch: Batch): Promise<Extended | undefined> {
    const extended = await this.shown.extend(batch);
    if (!extended.ok && extended.fault.blame === 'transport' && !this.#closed && this.log.size > 0)
      await this.tribunal.badBatch(batch);
    const isOver = !extended.ok && extended.fault.blame === 'transport' && this.isCondemned;
    return this.#closed || isOver ? undefined : extended;
  }

  /** What was signed so; undefined if that ends trust, or something else has. */
  async #judged(extended: Extended): Promise<Steps | undefined> {
    // Meanwhile something may have been proved: then nothing that comes makes it good.
    if (this.isCondemned) return undefined;
    this.#fault = extended.ok ? undefined : extended.fault;
    if (!extended.ok) {
      this.tribunal.ruleBroken(extended);
      this.#events.changed();
      return undefined;
    }
    // What comes after a snapshot is held against our receipts when all before it is known.
    if (this.shown === this.log) this.tribunal.grown(extended.steps);
    this.lookout?.grown();
    const { opened } = this.shown;
    if (opened) this.#deps.heardAuthority(opened.replayed.authorityKey);
    await settleOwn(this.#deps, extended.steps);
    return extended.steps;
  }

  async #taken(steps: Steps, arrived: number): Promise<void> {
    if (this.shown === this.log) this.#deps.keeper.grown(this.log);
    const newest = steps.at(-1)?.entry;
    if (this.#wasLive && newest) this.offset.sample(newest.at, arrived);
    this.#wasLive ||= this.#events.isOnline();
    this.#events.changed();
    await this.chores();
  }
}
