/** People in a room show each other the newest checkpoint that they have verified: whoever is shown another history finds out. */
import {
  bytesToHex,
  bytesToUtf8,
  type FaultProof,
  formatFaultProof,
  isCosignedBy,
  leaveEntries,
  parseFaultProof,
  sha256,
  utf8ToBytes,
} from '@fairground/ledger';
import { didBytes, formatDid, parseDid, ROOM_FAULTS, type WorldId } from '@fairground/protocol';
import type * as Y from 'yjs';
import type { Identity } from '../identity.ts';
import { createLive, type Live, type WritableLive } from '../live.ts';
import type { Clock } from '../ports.ts';
import type { DeviceWitness } from '../world/deviceWitness.ts';
import type { Follower } from '../world/followerState.ts';
import type { Person, Room } from './room.ts';

export interface Gossip {
  /** How many others have cosigned the very history that this device has verified. */
  readonly agreeing: Live<number>;
  stop(): void;
}

export interface GossipDeps {
  readonly room: Pick<Room, 'doc' | 'people' | 'present'>;
  readonly follower: Follower;
  readonly world: WorldId;
  readonly identity: Identity;
  readonly witness: DeviceWitness;
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly chance: () => number;
}

const LEAST_MS = 3_000;
/** However many are in a room, about ten heads a second go round in it. */
const MS_A_PERSON = 100;
/** Proofs in a room are looked at up to this number and size; a rule that was broken everybody finds by themselves. */
const MOST_FAULTS = 32;
const MAX_FAULT_TEXT = 16_384;
const MOST_PEOPLE = 10_000;

export function gossip(deps: GossipDeps): Gossip {
  return new RoomGossip(deps);
}

/** Owns the timer of one room and world. */
class RoomGossip implements Gossip {
  readonly agreeing: WritableLive<number> = createLive(0);
  readonly #deps: GossipDeps;
  readonly #faults: Y.Map<unknown>;
  readonly #me: string;
  /** By person: the note that was shown last; true if it is cosigned and of our history. */
  readonly #heard = new Map<string, { readonly note: string; agrees: boolean }>();
  /** Proofs that were looked at, by their hash. */
  readonly #judged = new Set<string>();
  readonly #stops: (() => void)[];
  #shown = 0;
  #isStopped = false;
  #cancel: () => void;
  #working: Promise<void> = Promise.resolve();

  constructor(deps: GossipDeps) {
    const { room, follower, clock, chance, identity } = deps;
    this.#deps = deps;
    this.#me = formatDid(identity.key);
    this.#faults = room.doc.getMap<unknown>(ROOM_FAULTS);
    this.#cancel = clock.setTimer(LEAST_MS * chance(), () => this.#round());
    const onFaults = () => this.#later(() => this.#readFaults());
    this.#faults.observe(onFaults);
    this.#stops = [
      () => this.#faults.unobserve(onFaults),
      room.people.subscribe((people) => {
        for (const person of people) this.#later(() => this.#hear(person));
        this.#count();
      }),
      follower.subscribe(({ charges, size }) => {
        if (charges.length > 0) this.#tellFault();
        // Nothing can be judged before the world is open.
        if (size > 0 && this.#judged.size === 0 && this.#faults.size > 0) onFaults();
      }),
    ];
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#cancel();
    for (const stop of this.#stops) stop();
  }

  #round(): void {
    const { room, clock, chance, follower } = this.#deps;
    const wait = Math.max(LEAST_MS, room.people.value.length * MS_A_PERSON);
    this.#cancel = clock.setTimer(wait * (0.75 + chance() / 2), () => this.#round());
    this.#later(() => this.#share());
    this.#later(() => follower.tribunal.pursue());
  }

  /** In order; what fails is tried again with the next round. */
  #later(act: () => Promise<void>): void {
    this.#working = this.#working.then(() => (this.#isStopped ? undefined : act())).catch(() => {});
  }

  async #share(): Promise<void> {
    this.#tellFault();
    const { room, follower, witness, world } = this.#deps;
    const { size, fault } = follower.value;
    if (size === this.#shown || fault?.blame === 'authority') return;
    const note = await witness.cosign(follower.log);
    const text = note && bytesToUtf8(note);
    if (text === undefined) return;
    this.#shown = size;
    room.present({ head: { world, note: text } });
  }

  /** A proof against the authority is the room's; whoever overwrites it does so until the next round. */
  #tellFault(): void {
    const { charges } = this.#deps.follower.value;
    const found = charges.find(({ judgement }) => judgement.against === 'authority');
    // Whoever is in the room has the log.
    const text = found && formatFaultProof(leaveEntries(found.proof));
    if (text && text.length <= MAX_FAULT_TEXT && this.#faults.get(this.#me) !== text)
      this.#faults.set(this.#me, text);
  }

  async #hear({ head, key: did, me }: Person): Promise<void> {
    const { follower, world } = this.#deps;
    const key: string = did ?? '';
    if (!head || me || head.world !== world || this.#heard.get(key)?.note === head.note) return;
    if (this.#heard.size >= MOST_PEOPLE && !this.#heard.has(key)) return;
    const entry = { note: head.note, agrees: false };
    this.#heard.set(key, entry);
    const note = utf8ToBytes(head.note);
    const author = parseDid(key);
    const isOurs = await follower.tribunal.hear(note, key);
    entry.agrees = isOurs && author.ok && (await isCosignedBy(didBytes(author.value), note));
    this.#count();
  }

  #count(): void {
    const here = new Set<string>(this.#deps.room.people.value.map(({ key = '' }) => key));
    const count = [...this.#heard].filter(([key, { agrees }]) => agrees && here.has(key)).length;
    if (count !== this.agreeing.value) this.agreeing.set(count);
  }

  async #readFaults(): Promise<void> {
    const { follower } = this.#deps;
    if (follower.value.size === 0) return;
    for (const text of [...this.#faults.values()].slice(0, MOST_FAULTS)) {
      const proof = faultIn(text);
      const id = bytesToHex(sha256(utf8ToBytes(String(text))));
      if (!proof || this.#judged.has(id)) continue;
      this.#judged.add(id);
      await follower.tribunal.accuse(proof);
    }
  }
}

function faultIn(text: unknown): FaultProof | undefined {
  if (typeof text !== 'string' || text.length > MAX_FAULT_TEXT) return undefined;
  const proof = parseFaultProof(text);
  return proof.ok ? proof.value : undefined;
}
