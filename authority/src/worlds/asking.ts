/**
 * After a start, before anything is signed: who has seen more of these worlds than the store holds? The relay is asked, then the
 * witnesses and everybody who follows. Data folder and lock may both be old copies, and then nobody else can tell.
 */
import { type Bytes, type Millis, bytesToHex } from '@fairground/ledger';
import type { Sought } from '@fairground/protocol';
import type { Wanting } from '../link/wanting.ts';
import type { Clock } from '../ports.ts';
import { type HeadsDeps, type WitnessWord, learnHead, learnSize } from './heads.ts';
import type { Slot } from './live.ts';

export interface AskingDeps extends HeadsDeps, Pick<Wanting, 'want'> {
  readonly clock: Clock;
  /** By world in hex. */
  readonly slots: ReadonlyMap<string, Slot>;
  /** How long everybody has to come back and speak. */
  readonly collectMs: Millis;
  isLinked(): boolean;
  /** Asks everybody for what follows; `undefined` when it is sought no longer. */
  seek(world: Bytes, range: Sought | undefined): void;
  /** What the witnesses of a world say that they have cosigned, where it is another size than the store's. Never rejects. */
  witnessed(slot: Slot): Promise<readonly WitnessWord[]>;
  /** They were asked: the worlds that still are `asking` go on. */
  done(): void;
}

export interface Asking {
  /** A link has opened. Resolves when the relay has said what it holds, or did not answer; then worlds may be shown to it. */
  relay(): Promise<void>;
  /** The relay knows the worlds: everybody is asked, and after a while they go on. */
  everybody(): void;
  /** Its log has grown: whoever had more of it would have spoken. */
  grown(world: Bytes): void;
  stop(): void;
}

/** A world where nothing happens still listens so long: who comes late finds that nothing was signed meanwhile. */
const listenMs = 60_000;

export function createAsking(deps: AskingDeps): Asking {
  return new Questions(deps);
}

/** Owns the timers of one start. */
class Questions implements Asking {
  readonly #deps: AskingDeps;
  /** By world in hex: those for which everybody is asked. */
  readonly #sought = new Map<string, Bytes>();
  #isStopped = false;
  #cancelDone = () => {};
  #cancelListening = () => {};

  constructor(deps: AskingDeps) {
    this.#deps = deps;
  }

  async relay(): Promise<void> {
    this.#cancelDone();
    await Promise.all(this.#open().map((slot) => this.#askRelay(slot)));
  }

  everybody(): void {
    const { clock, collectMs, seek, done, isLinked } = this.#deps;
    const asked = this.#open();
    if (this.#isStopped || !isLinked()) return;
    if (asked.length === 0) return done();
    for (const slot of asked) {
      this.#sought.set(bytesToHex(slot.world), slot.world);
      // One entry more than we have is enough to know.
      seek(slot.world, { from: slot.size, size: slot.size + 1 });
      void this.#askWitnesses(slot);
    }
    this.#cancelDone();
    this.#cancelDone = clock.setTimer(collectMs, () => {
      // While nobody can hear nobody can speak either: the next link asks again.
      if (isLinked()) done();
    });
    this.#cancelListening();
    this.#cancelListening = clock.setTimer(collectMs + listenMs, () => this.#endAll());
  }

  grown(world: Bytes): void {
    if (this.#sought.delete(bytesToHex(world)) && !this.#isLost(world)) this.#deps.seek(world, undefined);
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelDone();
    this.#cancelListening();
  }

  #open(): readonly Slot[] {
    return [...this.#deps.slots.values()].filter(({ status }) => status === 'asking');
  }

  #endAll(): void {
    for (const world of this.#sought.values()) this.grown(world);
  }

  /** Then it is sought on, by whoever brings it back. */
  #isLost(world: Bytes): boolean {
    return this.#deps.slots.get(bytesToHex(world))?.lost !== undefined;
  }

  async #askRelay(slot: Slot): Promise<void> {
    try {
      const note = await this.#deps.want(slot.world, 'checkpoint');
      if (note) await learnHead(this.#deps, slot, note);
    } catch (fault) {
      this.#deps.log.warn(
        { fault, world: bytesToHex(slot.world) },
        'what the relay holds could not be compared',
      );
    }
  }

  async #askWitnesses(slot: Slot): Promise<void> {
    for (const word of await this.#deps.witnessed(slot)) learnSize(this.#deps, slot, word);
  }
}
