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
  limits,
} from '@fairground/protocol';
import type { Clock, Log } from '../ports.ts';
import type { Mailbox, StoredMail } from '../store/ports.ts';
import type { Answer, AuthorityLinks } from './authorityLinks.ts';
import { fairOrder } from './fairOrder.ts';

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

export interface MailDesk {
  post(posted: Posted): Promise<Outcome>;
  replied(frame: ReplyFrame): void;
  online(authority: string): void;
  offline(authority: string): void;
  readonly waiting: number;
}

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

interface Tally {
  count: number;
  bytes: number;
}

export async function openMailDesk({
  mailbox,
  links,
  clock,
  log,
  authorityOf,
}: MailDeskDeps): Promise<MailDesk> {
  const byId = new Map<number, Waiting>();
  const byHash = new Map<string, Waiting>();
  const perKey = new Map<string, Tally>();
  const perWorld = new Map<string, Tally>();
  for (const mail of await mailbox.pending()) {
    const authority = authorityOf(mail.world);
    if (authority === undefined)
      log.warn({ world: formatWorldId(mail.world) }, 'mail for a world without an authority');
    else keep(mail, authority, Promise.resolve());
  }

  function keep(mail: StoredMail, authority: string, stored: Promise<void>): Waiting {
    let resolve: (answer: Answer) => void = () => {};
    const answer = new Promise<Answer>((settle) => {
      resolve = settle;
    });
    const waiting: Waiting = { mail, authority, stored, answer, resolve, impatient: new Set() };
    byId.set(mail.id, waiting);
    byHash.set(bytesToHex(mail.hash), waiting);
    count(perKey, bytesToHex(mail.key), 1, mail.bytes.length);
    count(perWorld, bytesToHex(mail.world), 1, mail.bytes.length);
    return waiting;
  }

  function forget({ mail }: Waiting): void {
    byId.delete(mail.id);
    byHash.delete(bytesToHex(mail.hash));
    count(perKey, bytesToHex(mail.key), -1, -mail.bytes.length);
    count(perWorld, bytesToHex(mail.world), -1, -mail.bytes.length);
  }

  function fullFor({ key, world, pair }: Posted): Limit | undefined {
    const own = perKey.get(bytesToHex(key)) ?? { count: 0, bytes: 0 };
    if (own.count >= limits.mailboxPending.max) return limits.mailboxPending;
    if (own.bytes + pair.bytes.length > limits.mailboxBytes.max) return limits.mailboxBytes;
    const all = perWorld.get(bytesToHex(world));
    return (all?.count ?? 0) >= limits.mailboxPerWorld.max ? limits.mailboxPerWorld : undefined;
  }

  function accept({ authority, world, key, hash, pair, rtt, see }: Posted): Waiting {
    const mail: StoredMail = {
      id: links.nextId(),
      world,
      key,
      hash,
      bytes: pair.bytes,
      sig: pair.sig,
      seen: see(),
      ...(rtt === undefined ? {} : { rtt }),
    };
    const stored = mailbox.put(mail);
    stored.catch((fault: unknown) => log.error({ fault: String(fault) }, 'mail could not be stored'));
    const waiting = keep(mail, authority, stored);
    links.send(authority, toFrame(mail));
    return waiting;
  }

  /** The answer; undefined when the authority is away or the patience ends first. */
  function awaitAnswer(waiting: Waiting): Promise<Answer | undefined> {
    if (!links.isOnline(waiting.authority)) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const give = (answer?: Answer) => {
        cancel();
        waiting.impatient.delete(give);
        resolve(answer);
      };
      const cancel = clock.setTimer(REPLY_PATIENCE_MS, give);
      waiting.impatient.add(give);
      void waiting.answer.then(give);
    });
  }

  return {
    get waiting() {
      return byId.size;
    },
    async post(posted) {
      const known = byHash.get(bytesToHex(posted.hash));
      const limit = known ? undefined : fullFor(posted);
      if (limit) return { kind: 'full', limit };
      const waiting = known ?? accept(posted);
      const { seen } = waiting.mail;
      const answer = await awaitAnswer(waiting);
      if (answer) return { kind: 'replied', answer, seen };
      await waiting.stored;
      return { kind: 'kept', seen };
    },
    replied({ id, status, body }) {
      const waiting = byId.get(id);
      if (!waiting) return;
      forget(waiting);
      waiting.resolve({ status, body });
      mailbox
        .done(id)
        .catch((fault: unknown) => log.error({ fault: String(fault) }, 'mail could not be forgotten'));
    },
    online(authority) {
      const mails = [...byId.values()]
        .filter((waiting) => waiting.authority === authority)
        .map(({ mail }) => mail);
      for (const mail of fairOrder(mails)) links.send(authority, toFrame(mail));
    },
    offline(authority) {
      for (const waiting of byId.values()) {
        if (waiting.authority === authority) for (const give of waiting.impatient) give();
      }
    },
  };
}

function count(tallies: Map<string, Tally>, subject: string, mails: number, bytes: number): void {
  const tally = tallies.get(subject) ?? { count: 0, bytes: 0 };
  tally.count += mails;
  tally.bytes += bytes;
  if (tally.count === 0) tallies.delete(subject);
  else tallies.set(subject, tally);
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
