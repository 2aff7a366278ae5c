/**
 * Signed intents on their way to the authority: stored and handed over at once, in parallel; forgotten only when answered; handed over again
 * after each reconnect. One intent that comes twice is one mail.
 */
import { type Bytes, type SignedPair, bytesToHex } from '@fairground/ledger';
import {
  type Limit,
  type MailFrame,
  REPLY_PATIENCE_MS,
  type ReplyFrame,
  formatWorldId,
} from '@fairground/protocol';
import type { Clock, Log } from '../ports.ts';
import type { Mailbox, StoredMail } from '../store/ports.ts';
import type { Answer, AuthorityLinks } from './authorityLinks.ts';
import { fairOrder } from './fairOrder.ts';
import { createTallies } from './tallies.ts';

/** An intent whose form and signature have been checked. */
export interface Posted {
  readonly authority: string;
  readonly world: Bytes;
  readonly key: Bytes;
  readonly hash: Bytes;
  readonly pair: SignedPair;
  readonly rtt: number | undefined;
  /** The relay's word, made only when the intent is taken. */
  see(): SignedPair;
}

export type Outcome =
  | { readonly kind: 'replied'; readonly answer: Answer; readonly seen: SignedPair }
  | { readonly kind: 'kept'; readonly seen: SignedPair }
  | { readonly kind: 'full'; readonly limit: Limit };

export interface MailDeskDeps {
  readonly mailbox: Mailbox;
  readonly links: AuthorityLinks;
  readonly clock: Clock;
  readonly log: Log;
  /** Hex of the key of the authority of a world, for mail that was stored by an earlier run. */
  authorityOf(world: Bytes): string | undefined;
}

interface Waiting {
  readonly mail: StoredMail;
  readonly authority: string;
  readonly stored: Promise<void>;
  readonly answer: Promise<Answer>;
  resolve(answer: Answer): void;
  /** Called when the authority goes away. */
  readonly impatient: Set<() => void>;
}

export class MailDesk {
  readonly #deps: MailDeskDeps;
  readonly #byId = new Map<number, Waiting>();
  readonly #byHash = new Map<string, Waiting>();
  readonly #tallies = createTallies();

  /** With the mail that an earlier run left. */
  static async open(deps: MailDeskDeps): Promise<MailDesk> {
    const desk = new MailDesk(deps);
    for (const mail of await deps.mailbox.pending()) {
      const authority = deps.authorityOf(mail.world);
      if (authority === undefined)
        deps.log.warn({ world: formatWorldId(mail.world) }, 'mail for a world without an authority');
      else desk.#keep(mail, authority, Promise.resolve());
    }
    return desk;
  }

  private constructor(deps: MailDeskDeps) {
    this.#deps = deps;
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
    await waiting.stored;
    return { kind: 'kept', seen };
  }

  replied({ id, status, body }: ReplyFrame): void {
    const waiting = this.#byId.get(id);
    if (!waiting) return;
    this.#forget(waiting);
    waiting.resolve({ status, body });
    this.#deps.mailbox.done(id).catch((fault: unknown) => {
      this.#deps.log.error({ fault: String(fault) }, 'mail could not be forgotten');
    });
  }

  online(authority: string): void {
    const mails = [...this.#byId.values()]
      .filter((waiting) => waiting.authority === authority)
      .map(({ mail }) => mail);
    for (const mail of fairOrder(mails)) this.#deps.links.send(authority, toFrame(mail));
  }

  offline(authority: string): void {
    for (const waiting of this.#byId.values()) {
      if (waiting.authority === authority) for (const give of waiting.impatient) give();
    }
  }

  #keep(mail: StoredMail, authority: string, stored: Promise<void>): Waiting {
    const { promise: answer, resolve } = Promise.withResolvers<Answer>();
    const waiting: Waiting = { mail, authority, stored, answer, resolve, impatient: new Set() };
    this.#byId.set(mail.id, waiting);
    this.#byHash.set(bytesToHex(mail.hash), waiting);
    this.#tallies.add(mail);
    return waiting;
  }

  #forget({ mail }: Waiting): void {
    this.#byId.delete(mail.id);
    this.#byHash.delete(bytesToHex(mail.hash));
    this.#tallies.remove(mail);
  }

  #accept({ authority, world, key, hash, pair, rtt, see }: Posted): Waiting {
    const { links, mailbox, log } = this.#deps;
    const id = links.nextId();
    const known = { id, world, key, hash, bytes: pair.bytes, sig: pair.sig, seen: see() };
    const mail: StoredMail = rtt === undefined ? known : { ...known, rtt };
    const stored = mailbox.put(mail);
    stored.catch((fault: unknown) => log.error({ fault: String(fault) }, 'mail could not be stored'));
    const waiting = this.#keep(mail, authority, stored);
    links.send(authority, toFrame(mail));
    return waiting;
  }

  /** The answer; undefined when the authority is away or the patience ends first. */
  #awaitAnswer(waiting: Waiting): Promise<Answer | undefined> {
    if (!this.#deps.links.isOnline(waiting.authority)) return Promise.resolve(undefined);
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
