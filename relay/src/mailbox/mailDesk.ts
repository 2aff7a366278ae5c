/**
 * Signed intents on their way to the authority: stored and handed over at once, in parallel; forgotten only when answered; handed over again
 * after each reconnect, and when a world that stood still may go on. One intent that comes twice is one mail.
 */
import { type Bytes, type Cbor, type SignedPair, bytesToHex } from '@fairground/ledger';
import {
  type Limit,
  type MailFrame,
  ProblemBody,
  REPLY_PATIENCE_MS,
  type ReplyFrame,
  formatWorldId,
} from '@fairground/protocol';
import type { Clock, Log } from '../ports.ts';
import type { Mailbox, StoredMail } from '../store/ports.ts';
import type { Answer, AuthorityLinks } from './authorityLinks.ts';
import { fairOrder } from './fairOrder.ts';
import { type HeldWorlds, createHeldWorlds } from './heldWorlds.ts';
import { type Tallies, createTallies } from './tallies.ts';

/** An intent whose form and signature have been checked. */
export interface Posted {
  readonly authority: string;
  readonly world: Bytes;
  readonly key: Bytes;
  /** Whom limits per address are counted for. */
  readonly address: string;
  readonly hash: Bytes;
  readonly pair: SignedPair;
  readonly rtt: number | undefined;
  /** The relay's word, made only when the intent is taken. */
  see(): SignedPair;
}

export type Outcome =
  | { readonly kind: 'replied'; readonly answer: Answer; readonly seen: SignedPair }
  | { readonly kind: 'kept'; readonly seen: SignedPair }
  /** Nobody has answered it, and it could not be stored: whoever posted it has to keep it. */
  | { readonly kind: 'unstored' }
  | { readonly kind: 'full'; readonly limit: Limit };

export interface MailDeskDeps {
  readonly mailbox: Mailbox;
  readonly links: AuthorityLinks;
  readonly clock: Clock;
  readonly log: Log;
  /** Hex of the key of the authority of a world, for mail that was stored by an earlier run. */
  authorityOf(world: Bytes): string | undefined;
  readonly addressFactor?: number;
}

interface Waiting {
  readonly mail: StoredMail;
  readonly address?: string | undefined;
  authority: string;
  /** Whether it lies on the disk; asked for again when it did not work. */
  stored: Promise<boolean>;
  readonly answer: Promise<Answer>;
  resolve(answer: Answer): void;
  /** Called when the authority goes away. */
  readonly impatient: Set<() => void>;
  /** The authority has it and cannot take it now. */
  isHeld: boolean;
}

export class MailDesk {
  readonly #deps: MailDeskDeps;
  readonly #byId = new Map<number, Waiting>();
  readonly #byHash = new Map<string, Waiting>();
  readonly #tallies: Tallies;
  readonly #held: HeldWorlds;

  /** With the mail that an earlier run left. */
  static async open(deps: MailDeskDeps): Promise<MailDesk> {
    const desk = new MailDesk(deps);
    for (const mail of await deps.mailbox.pending()) {
      const authority = deps.authorityOf(mail.world);
      if (authority === undefined)
        deps.log.warn({ world: formatWorldId(mail.world) }, 'mail for a world without an authority');
      else desk.#keep(mail, authority, Promise.resolve(true));
    }
    return desk;
  }

  private constructor(deps: MailDeskDeps) {
    this.#deps = deps;
    this.#tallies = createTallies(deps.addressFactor);
    this.#held = createHeldWorlds(deps.clock, (world) => this.#handOverHeld(world));
  }

  get waiting(): number {
    return this.#byId.size;
  }

  async post(posted: Posted): Promise<Outcome> {
    const known = this.#byHash.get(bytesToHex(posted.hash));
    const limit = known ? undefined : this.#tallies.fullFor({ ...posted, bytes: posted.pair.bytes });
    if (limit) return { kind: 'full', limit };
    const waiting = known ?? this.#accept(posted);
    const { seen } = waiting.mail;
    const answer = await this.#awaitAnswer(waiting);
    if (answer) return { kind: 'replied', answer, seen };
    if (await waiting.stored) return { kind: 'kept', seen };
    waiting.stored = this.#store(waiting.mail);
    return (await waiting.stored) ? { kind: 'kept', seen } : { kind: 'unstored' };
  }

  replied({ id, status, body }: ReplyFrame): void {
    const waiting = this.#byId.get(id);
    if (!waiting) return;
    const world = bytesToHex(waiting.mail.world);
    if (status >= 500) return this.#hold(waiting, world, body);
    this.#forget(waiting);
    if (this.#held.release(world)) this.#handOverHeld(world);
    waiting.resolve({ status, body });
    this.#deps.mailbox.done(id).catch((fault: unknown) => {
      this.#deps.log.error({ fault: String(fault) }, 'mail could not be forgotten');
    });
  }

  online(authority: string): void {
    this.#handOver([...this.#byId.values()].filter((waiting) => waiting.authority === authority));
  }

  /** What waits for `former` is `heir`'s. */
  inherit(former: string, heir: string): void {
    for (const waiting of this.#byId.values()) if (waiting.authority === former) waiting.authority = heir;
  }

  offline(authority: string): void {
    for (const waiting of this.#byId.values()) {
      if (waiting.authority === authority) for (const give of waiting.impatient) give();
    }
  }

  close(): void {
    this.#held.close();
  }

  /** What cannot be taken now may be later: who posted it may go, the mail stays. */
  #hold(waiting: Waiting, world: string, body: Cbor): void {
    const problem = ProblemBody.safeParse(body);
    waiting.isHeld = true;
    this.#held.hold(world, problem.success ? (problem.data.retryAfter ?? 0) * 1000 : 0);
    for (const give of waiting.impatient) give();
  }

  #handOverHeld(world: string): void {
    this.#handOver(
      [...this.#byId.values()].filter(({ isHeld, mail }) => isHeld && bytesToHex(mail.world) === world),
    );
  }

  #handOver(waiting: readonly Waiting[]): void {
    const authorities = new Map(waiting.map(({ mail, authority }) => [mail, authority]));
    for (const each of waiting) each.isHeld = false;
    for (const mail of fairOrder([...authorities.keys()]))
      this.#deps.links.send(authorities.get(mail) ?? '', toFrame(mail));
  }

  #keep(mail: StoredMail, authority: string, stored: Promise<boolean>, address?: string): Waiting {
    const { promise: answer, resolve } = Promise.withResolvers<Answer>();
    const waiting: Waiting = {
      mail,
      address,
      authority,
      stored,
      answer,
      resolve,
      impatient: new Set(),
      isHeld: false,
    };
    this.#byId.set(mail.id, waiting);
    this.#byHash.set(bytesToHex(mail.hash), waiting);
    this.#tallies.add({ ...mail, address });
    return waiting;
  }

  #forget({ mail, address }: Waiting): void {
    this.#byId.delete(mail.id);
    this.#byHash.delete(bytesToHex(mail.hash));
    this.#tallies.remove({ ...mail, address });
  }

  #accept({ authority, world, key, address, hash, pair, rtt, see }: Posted): Waiting {
    const { links } = this.#deps;
    const id = links.nextId();
    const known = { id, world, key, hash, bytes: pair.bytes, sig: pair.sig, seen: see() };
    const mail: StoredMail = rtt === undefined ? known : { ...known, rtt };
    const waiting = this.#keep(mail, authority, this.#store(mail), address);
    links.send(authority, toFrame(mail));
    return waiting;
  }

  #store(mail: StoredMail): Promise<boolean> {
    return this.#deps.mailbox.put(mail).then(
      () => true,
      (fault: unknown) => {
        this.#deps.log.error({ fault: String(fault) }, 'mail could not be stored');
        return false;
      },
    );
  }

  /** The answer; undefined when the authority is away or the patience ends first. */
  #awaitAnswer(waiting: Waiting): Promise<Answer | undefined> {
    if (waiting.isHeld || !this.#deps.links.isOnline(waiting.authority)) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const give = (answer?: Answer) => {
        cancel();
        waiting.impatient.delete(give);
        resolve(answer);
      };
      const cancel = this.#deps.clock.setTimer(REPLY_PATIENCE_MS, give);
      waiting.impatient.add(give);
      void waiting.answer.then(give);
    });
  }
}

function toFrame({ id, world, bytes, sig, rtt, seen }: StoredMail): MailFrame {
  return {
    t: 'mail',
    id,
    kind: 'intent',
    world,
    payload: bytes,
    sig,
    via: 'relay',
    seen: [seen.bytes, seen.sig],
    ...(rtt === undefined ? {} : { rtt }),
  };
}
