/** Has checkpoints cosigned by the witnesses that a world's genesis names: once a second and world at most, after they are published. */
import {
  type Bytes,
  type Note,
  type NoteSignature,
  bytesToHex,
  bytesToUtf8,
  consistencyProof,
  formatAddCheckpoint,
  formatNote,
  parseNote,
  parseWitnessReply,
  unwrap,
  utf8ToBytes,
  verifyNote,
} from '@fairground/ledger';
import type { Clock, Log } from '../ports.ts';
import type { LogStore } from '../store/ports.ts';
import type { WitnessWord } from '../worlds/heads.ts';
import type { Slot } from '../worlds/live.ts';
import { storedHashes } from '../worlds/recovery.ts';
import { policyNames } from './policyNames.ts';
import { createTroubles, Refused, type Troubles, whyRefused } from './troubles.ts';
import type { WitnessPort } from './witnessPort.ts';

export interface Cosigning {
  /** A checkpoint of this world is published. */
  published(world: Bytes): void;
  /** The newest cosigned note of a world, and its size. */
  noteOf(world: Bytes): Cosigned | undefined;
  /** What the witnesses of a world say that they have cosigned, where it is another size than ours. Never rejects. */
  standing(slot: Slot): Promise<readonly WitnessWord[]>;
  /** Resolves when the checkpoint of now is with the witnesses that answer. Never rejects. */
  settled(world: Bytes): Promise<void>;
  /** Sentences for the operator: who refuses to cosign what, and who does not answer though a quorum needs it. */
  readonly reasons: readonly string[];
  stop(): Promise<void>;
}

export interface Cosigned {
  readonly size: number;
  readonly note: Bytes;
}

export interface CosigningDeps {
  readonly witnesses: readonly WitnessPort[];
  /** How many must have cosigned; 0: nothing hangs on them. */
  readonly quorum: number;
  readonly store: LogStore;
  readonly clock: Clock;
  readonly log: Log;
  /** By world in hex. */
  readonly slots: ReadonlyMap<string, Slot>;
  /** A note of the newest checkpoint with more lines. */
  show(world: Bytes, note: Bytes): void;
  /** `reasons` are others now. */
  troubled(): void;
}

const paceMs = 1_000;
/** Whoever was away is asked again by itself, ever later: no other checkpoint may follow. */
const firstAgainMs = 2_000;
const longestAgainMs = 60_000;
/** Worlds whose cosigned notes are remembered; others are asked for again. */
const mostNotes = 2_000;

export function createCosigning(deps: CosigningDeps): Cosigning {
  return new Rounds(deps);
}

/** Owns the timers of worlds whose newest checkpoint is not cosigned yet; everything by world in hex. */
class Rounds implements Cosigning {
  readonly #deps: CosigningDeps;
  readonly #notes = new Map<string, Cosigned>();
  /** By world and witness: the size that it cosigned last, as far as we know. */
  readonly #known = new Map<string, number>();
  readonly #timers = new Map<string, () => void>();
  readonly #running = new Map<string, Promise<void>>();
  /** How long was waited for a witness that was away, ms. */
  readonly #waits = new Map<string, number>();
  readonly #troubles: Troubles;
  #isStopped = false;

  constructor(deps: CosigningDeps) {
    this.#deps = deps;
    this.#troubles = createTroubles(deps.quorum, deps.troubled);
  }

  get reasons(): readonly string[] {
    return this.#troubles.reasons;
  }

  published(world: Bytes): void {
    const id = bytesToHex(world);
    const { witnesses } = this.#deps;
    if (this.#isStopped || witnesses.length === 0 || (this.#timers.has(id) && !this.#waits.has(id))) return;
    this.#waits.delete(id);
    this.#timers.get(id)?.();
    this.#roundIn(id, paceMs);
  }

  noteOf(world: Bytes): Cosigned | undefined {
    return this.#notes.get(bytesToHex(world));
  }

  async standing(slot: Slot): Promise<readonly WitnessWord[]> {
    const { size, checkpoint } = slot;
    const body = formatAddCheckpoint({ oldSize: size, proof: [], note: bytesToUtf8(checkpoint) ?? '' });
    const asked = this.#namedBy(slot).map(async (witness) => {
      const { name } = witness.vkey;
      const reply = parseWitnessReply(await witness.addCheckpoint(body));
      return reply.ok && reply.value.status === 409 ? [{ name, size: reply.value.size }] : [];
    });
    const said = await Promise.all(asked.map((one) => one.catch(() => [])));
    return said.flat();
  }

  async settled(world: Bytes): Promise<void> {
    const id = bytesToHex(world);
    await this.#running.get(id);
    if (this.#notes.get(id)?.size !== this.#deps.slots.get(id)?.size) await this.#round(id);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const cancel of this.#timers.values()) cancel();
    await Promise.all(this.#running.values());
  }

  #round(id: string): Promise<void> {
    const started =
      this.#running.get(id) ??
      this.#cosign(id)
        .catch(() => {})
        .finally(() => this.#running.delete(id));
    this.#running.set(id, started);
    return started;
  }

  async #cosign(id: string): Promise<void> {
    const { slots, show } = this.#deps;
    const slot = slots.get(id);
    if (!slot || this.#isStopped || slot.size === 0) return;
    const asked = this.#namedBy(slot);
    const { size, checkpoint } = slot;
    const note = unwrap(parseNote(checkpoint));
    const request = { slot, size, note, checkpoint };
    const lines = await Promise.all(asked.map((witness) => this.#ask(witness, request)));
    this.#waitFor(id, lines.includes('away'));
    const good = lines.filter((line) => typeof line === 'object');
    if (good.length === 0) return;
    const signatures = [...note.signatures.slice(0, 1), ...good];
    const cosigned = utf8ToBytes(formatNote({ text: note.text, signatures }));
    this.#remember(id, { size, note: cosigned });
    if (slot.size === size) show(slot.world, cosigned);
  }

  #roundIn(id: string, ms: number): void {
    const cancel = this.#deps.clock.setTimer(ms, () => {
      this.#timers.delete(id);
      void this.#round(id);
    });
    this.#timers.set(id, cancel);
  }

  #waitFor(id: string, isAnyAway: boolean): void {
    if (!isAnyAway) return void this.#waits.delete(id);
    // A newer checkpoint is about to be shown to it anyway.
    if (this.#isStopped || this.#timers.has(id)) return;
    const ms = Math.min(longestAgainMs, (this.#waits.get(id) ?? firstAgainMs / 2) * 2);
    this.#waits.set(id, ms);
    this.#roundIn(id, ms);
  }

  #namedBy({ genesis }: Slot): readonly WitnessPort[] {
    return this.#deps.witnesses.filter(({ vkey }) => policyNames(genesis, vkey));
  }

  #remember(id: string, cosigned: Cosigned): void {
    this.#notes.delete(id);
    this.#notes.set(id, cosigned);
    const [oldest] = this.#notes.keys();
    if (this.#notes.size > mostNotes && oldest !== undefined) this.#notes.delete(oldest);
  }

  async #ask(witness: WitnessPort, request: Request): Promise<NoteSignature | 'away' | 'refused'> {
    const { name } = witness.vkey;
    const world = bytesToHex(request.slot.world);
    try {
      // The second time from where the witness says that it stands.
      const line = (await this.#askOnce(witness, request)) ?? (await this.#askOnce(witness, request));
      if (!line) throw new Refused('it says another size each time');
      this.#troubles.cosigned(name, world);
      return line;
    } catch (fault) {
      this.#deps.log.warn({ witness: name, fault }, 'a witness did not cosign');
      if (fault instanceof Refused) this.#troubles.refused(name, world, fault.why);
      else this.#troubles.away(name);
      return fault instanceof Refused ? 'refused' : 'away';
    }
  }

  /** Undefined if it stands at another size than we thought, which is known then. */
  async #askOnce(witness: WitnessPort, request: Request): Promise<NoteSignature | undefined> {
    const { slot, size, note } = request;
    const key = `${bytesToHex(slot.world)} ${witness.vkey.name}`;
    const oldSize = Math.min(this.#known.get(key) ?? 0, size);
    const body = await this.#bodyOf(request, oldSize);
    const reply = unwrap(parseWitnessReply(await witness.addCheckpoint(body)));
    if (reply.status === 409 && reply.size <= size && reply.size !== oldSize) {
      this.#known.set(key, reply.size);
      return undefined;
    }
    if (reply.status !== 200) throw new Refused(whyRefused(reply, size));
    this.#known.set(key, size);
    const verified = await verifyNote({ text: note.text, signatures: reply.signatures }, [witness.vkey]);
    return unwrap(verified).verified[0]?.line;
  }

  async #bodyOf({ slot, size, checkpoint }: Request, oldSize: number): Promise<string> {
    const hashes = storedHashes(this.#deps.store, slot.world, size);
    const proof = oldSize === 0 || oldSize === size ? [] : await consistencyProof(hashes, oldSize, size);
    return formatAddCheckpoint({ oldSize, proof, note: bytesToUtf8(checkpoint) ?? '' });
  }
}

/** One checkpoint, as it stood when the round began. */
interface Request {
  readonly slot: Slot;
  readonly size: number;
  readonly note: Note;
  readonly checkpoint: Bytes;
}
