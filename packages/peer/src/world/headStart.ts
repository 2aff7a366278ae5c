/** Shows a long world from its newest snapshot at once, and audits meanwhile what came before. */
import type { Bytes } from '@fairground/ledger';
import { backoffMs } from '../outbox/backoff.ts';
import type { Clock, Ports } from '../ports.ts';
import { BUNDLE, type ReadLog, readEntries, type ServedHead } from './catchUp.ts';
import { findMiddle } from './middle.ts';
import {
  createLogFrom,
  type Extended,
  type FollowedLog,
  type GameLookup,
  type VerifiedLog,
} from './verifiedLog.ts';

export interface HeadStartDeps {
  /** From the genesis on; only the audit extends it as long as it runs. */
  readonly log: VerifiedLog;
  readonly gameFor: GameLookup;
  readonly readLog: ReadLog;
  readonly clock: Clock;
  readonly random: Ports['random'];
  /** From how many entries on a snapshot is worth it. */
  readonly longWay: number;
  /** The audit is through, or has found what ends trust: to be fetched by `join`. */
  done(): void;
}

/** Whoever lacks fewer entries than these, four segments, steps through them about as soon as a snapshot would be here. */
export const LONG_WAY = 4_096;

/** Owns the log that began in the middle, and the timers of the audit. */
export class HeadStart {
  readonly #deps: HeadStartDeps;
  #ahead: FollowedLog | undefined;
  #audited: Extended | undefined;
  #isClosed = false;
  #cancel = () => {};
  /** What was read of what comes before, from where the audited log ends. */
  #before: Bytes[] = [];
  /** In vain; they are not counted anew when a part comes, for all that came may have to be read again. */
  #attempts = 0;
  /** Those who wait until everything is audited. */
  #waiting: (() => void)[] = [];

  constructor(deps: HeadStartDeps) {
    this.#deps = deps;
  }

  /** The log that knows most. */
  get log(): FollowedLog {
    return this.#ahead ?? this.#deps.log;
  }

  /** What came of it; undefined where the way is short, or nothing was found to begin at. */
  async begin(head: ServedHead): Promise<Extended | undefined> {
    const { log, gameFor, readLog, longWay } = this.#deps;
    if (this.#ahead || head.size - log.size < longWay) return undefined;
    const found = await findMiddle(readLog, head, { world: log.world, gameFor }).catch(() => undefined);
    if (!found || this.#isClosed || found.batch.first <= log.size) return undefined;
    const ahead = createLogFrom(found.middle, gameFor);
    const extended = await ahead.extend(found.batch);
    if (!extended.ok) return extended.fault.blame === 'authority' ? extended : undefined;
    this.#ahead = ahead;
    void this.#audit(ahead);
    return extended;
  }

  /** Where nothing extends either log meanwhile: the audited one takes what has come since, and the other is let go. */
  async join(): Promise<Extended | undefined> {
    const [ahead, audited] = [this.#ahead, this.#audited];
    if (!ahead || !audited) return undefined;
    this.#audited = undefined;
    const { first, entries, checkpoint } = ahead;
    const rest = audited.ok && checkpoint && (await this.#deps.log.extend({ first, entries, checkpoint }));
    if (audited.ok) this.#ahead = undefined;
    this.#release();
    if (!rest) return audited;
    return rest.ok ? { ok: true, steps: [...audited.steps, ...rest.steps] } : rest;
  }

  /** The key of a lot; one that was opened before the snapshot is known when the audit has come by it. */
  async lotKey(lot: number): Promise<Bytes | undefined> {
    const known = this.log.lotKeys.get(lot);
    if (known || !this.#ahead) return known;
    await this.whole();
    return this.#deps.log.lotKeys.get(lot);
  }

  /** Resolves when no audit runs any more, at once where none is under way. */
  whole(): Promise<void> {
    return this.#ahead ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel();
    this.#release();
  }

  #release(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  async #audit(ahead: FollowedLog): Promise<void> {
    while (!this.#isClosed) {
      const extended = await this.#auditOnce(ahead).catch(() => undefined);
      if (extended?.ok || extended?.fault.blame === 'authority') {
        this.#audited = extended;
        if (!this.#isClosed) this.#deps.done();
        return;
      }
      await this.#pause(backoffMs(this.#attempts++, this.#deps.random(1)[0] ?? 0));
    }
  }

  /** Undefined as long as what came before cannot be read, or is not what was signed. */
  async #auditOnce(ahead: FollowedLog): Promise<Extended | undefined> {
    const { log } = this.#deps;
    const isRead = await this.#readOn(ahead);
    const { checkpoint } = ahead;
    if (!isRead || !checkpoint || this.#isClosed) return undefined;
    const entries = [...this.#before, ...ahead.entries];
    // Which of it was not the log's, nobody can tell: if this is in vain, all of it is read anew.
    this.#before = [];
    return log.extend({ first: log.size, entries, checkpoint }, () => this.#pause(0));
  }

  /** From where it stopped, up to the snapshot; false where something cannot be had now. */
  async #readOn({ first, size }: FollowedLog): Promise<boolean> {
    const { log, readLog } = this.#deps;
    for (;;) {
      const from = log.size + this.#before.length;
      if (from >= first) return true;
      const to = Math.min(first, (Math.floor(from / BUNDLE) + 1) * BUNDLE);
      const bundle = await readEntries(readLog, { from, to, size });
      if (!bundle.ok || this.#isClosed) return false;
      this.#before.push(...bundle.value);
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#cancel = this.#deps.clock.setTimer(ms, resolve);
    });
  }
}
