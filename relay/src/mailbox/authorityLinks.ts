/** The authorities that are connected: one link each, the newest start wins. */
import { type Bytes, type Cbor, bytesToHex, equalBytes, verifyHeir } from '@fairground/ledger';
import {
  type HelloFrame,
  type LinkPort,
  type ProblemCode,
  REPLY_PATIENCE_MS,
  type ReplyFrame,
  type SeekFrame,
  type ToAuthority,
  type ToRelay,
  type WantFrame,
  decodeToRelay,
  encodeFrame,
} from '@fairground/protocol';
import type { Clock, Log } from '../ports.ts';

export interface Answer {
  readonly status: number;
  readonly body: Cbor;
}

/** What is asked once and not kept; the link gives it its id. */
export type Question =
  | { readonly kind: 'head'; readonly world: Bytes; readonly key: Bytes }
  | { readonly kind: 'create'; readonly payload: Bytes; readonly sig: Bytes }
  | { readonly kind: 'seen'; readonly world: Bytes; readonly payload: Bytes; readonly sig: Bytes }
  | { readonly kind: 'suffix'; readonly world: Bytes; readonly payload: Bytes }
  | { readonly kind: 'get'; readonly world: Bytes; readonly path: string };

export type Publication = Exclude<ToRelay, { t: 'hello' | 'reply' | 'want' | 'seek' }>;

export interface LinkEvents {
  /** Both keys have said that what `former` has published is `heir`'s. Awaited before the heir is online. */
  inherited(former: Bytes, heir: Bytes): Promise<void>;
  /** The key that speaks for this one now. */
  heirOf(key: Bytes): Bytes;
  online(authority: string): void;
  offline(authority: string): void;
  /** An answer to mail; questions are answered to who asked. */
  replied(frame: ReplyFrame): void;
  /** What it has published and lost; undefined if it is not here, or not its own. */
  wanted(authority: Bytes, frame: WantFrame): Promise<Bytes | undefined>;
  /** It asks everybody for what it has lost. */
  sought(authority: Bytes, frame: SeekFrame): void;
  /** Awaited before the next frame of the link is looked at. */
  published(authority: Bytes, frame: Publication): Promise<void>;
}

export interface LinkDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly lastId: number;
  readonly events: LinkEvents;
}

type Settle = (answer: Answer | undefined) => void;

export class AuthorityLinks {
  readonly #deps: LinkDeps;
  readonly #links = new Map<string, LinkPort>();
  readonly #hellos = new Map<string, HelloFrame>();
  readonly #ports = new Set<LinkPort>();
  readonly #asked = new Map<number, Settle>();
  #newest: HelloFrame | undefined;
  #id: number;

  constructor(deps: LinkDeps) {
    this.#deps = deps;
    this.#id = deps.lastId;
  }

  /** The hello of the newest link, kept while the authority is away. */
  get newest(): HelloFrame | undefined {
    return this.#newest;
  }

  get isAnyOnline(): boolean {
    return this.#links.size > 0;
  }

  nextId(): number {
    return ++this.#id;
  }

  isOnline(authority: string): boolean {
    return this.#links.has(authority);
  }

  isKnown(authority: string): boolean {
    return this.#hellos.has(authority);
  }

  /** `expected`: the key of the session that the link came with; absent for one in the same process. */
  attach(port: LinkPort, expected?: Bytes): void {
    let key: Bytes | undefined;
    let isClosed = false;
    let queue = Promise.resolve();
    this.#ports.add(port);
    const receive = async (bytes: Bytes): Promise<void> => {
      const frame = decodeToRelay(bytes);
      if (!frame.ok) return this.#refuse(port, 'link_malformed', frame.message);
      // One that ended before its hello was heard has not connected.
      if (frame.value.t === 'hello' && !isClosed) await this.#inherit(frame.value, expected);
      if (frame.value.t === 'hello' && isClosed) return;
      if (frame.value.t === 'hello')
        key = this.#greet(port, frame.value, expected) ? frame.value.key : undefined;
      else if (key) await this.#take(key, frame.value);
      else this.#refuse(port, 'link_malformed', 'no hello');
    };
    port.onFrame((bytes) => {
      // In order: a reply to a create must find the room that was published before it.
      queue = queue
        .then(() => receive(bytes))
        .catch((fault: unknown) => this.#refuse(port, 'storage_failed', String(fault)));
    });
    port.onClose(() => {
      isClosed = true;
      this.#ports.delete(port);
      if (key) this.#gone(port, bytesToHex(key));
    });
  }

  send(authority: string, frame: ToAuthority): void {
    this.#links.get(authority)?.send(encodeFrame(frame));
  }

  /** Undefined when the authority is away or does not answer in time. */
  ask(authority: string, question: Question): Promise<Answer | undefined> {
    const port = this.#links.get(authority);
    if (!port) return Promise.resolve(undefined);
    const id = this.nextId();
    return new Promise((resolve) => {
      const settle: Settle = (answer) => {
        cancel();
        this.#asked.delete(id);
        resolve(answer);
      };
      const cancel = this.#deps.clock.setTimer(REPLY_PATIENCE_MS, () => settle(undefined));
      this.#asked.set(id, settle);
      port.send(encodeFrame(toFrame(id, question)));
    });
  }

  close(): void {
    for (const port of this.#ports) port.close('relay_stopping');
    for (const settle of this.#asked.values()) settle(undefined);
  }

  #take(key: Bytes, frame: Exclude<ToRelay, HelloFrame>): Promise<void> | void {
    if (frame.t === 'want') return this.#give(key, frame);
    if (frame.t === 'seek') return this.#deps.events.sought(key, frame);
    if (frame.t !== 'reply') return this.#deps.events.published(key, frame);
    const settle = this.#asked.get(frame.id);
    if (settle) settle(frame);
    else this.#deps.events.replied(frame);
  }

  async #give(key: Bytes, frame: WantFrame): Promise<void> {
    const { events, log } = this.#deps;
    const bytes = await events.wanted(key, frame).catch((fault: unknown) => {
      log.error({ fault: String(fault) }, 'what an authority wanted back could not be read');
      return undefined;
    });
    this.send(bytesToHex(key), { t: 'given', id: frame.id, bytes: bytes ?? null });
  }

  async #inherit({ key, former = [] }: HelloFrame, expected: Bytes | undefined): Promise<void> {
    if (expected && !equalBytes(expected, key)) return;
    for (const word of former) {
      if (!verifyHeir({ key: word.key, heir: key }, word)) continue;
      await this.#deps.events.inherited(word.key, key);
      this.#links.get(bytesToHex(word.key))?.close('link_replaced');
    }
  }

  /** True when the authority is online now. */
  #greet(port: LinkPort, hello: HelloFrame, expected: Bytes | undefined): boolean {
    const authority = bytesToHex(hello.key);
    const before = this.#links.get(authority);
    // Where nobody is connected an old number is taken: data folder and clock may both have been set back.
    const isStale = before !== undefined && hello.epoch < (this.#hellos.get(authority)?.epoch ?? 0);
    const isOther = expected !== undefined && !equalBytes(expected, hello.key);
    // An old copy of its data folder signs with a key that is nobody's any more.
    if (isStale || isOther || !equalBytes(this.#deps.events.heirOf(hello.key), hello.key)) {
      this.#refuse(port, isStale ? 'link_replaced' : 'authority_only', hello.name);
      return false;
    }
    this.#links.set(authority, port);
    this.#hellos.set(authority, hello);
    this.#newest = hello;
    before?.close('link_replaced');
    this.#deps.log.info({ authority, name: hello.name, epoch: hello.epoch }, 'authority connected');
    this.#deps.events.online(authority);
    return true;
  }

  #refuse(port: LinkPort, code: ProblemCode, why: string | undefined): void {
    this.#deps.log.warn({ code, why }, 'authority link closed');
    port.close(code);
  }

  #gone(port: LinkPort, authority: string): void {
    if (this.#links.get(authority) !== port) return;
    this.#links.delete(authority);
    this.#deps.log.info({ authority }, 'authority disconnected');
    this.#deps.events.offline(authority);
  }
}

function toFrame(id: number, question: Question): ToAuthority {
  switch (question.kind) {
    case 'get':
      return { t: 'get', id, world: question.world, path: question.path };
    case 'head':
      return { t: 'mail', id, kind: 'head', world: question.world, payload: question.key, via: 'relay' };
    case 'create':
    case 'suffix':
    case 'seen':
      return { t: 'mail', id, ...question, via: 'relay' };
  }
}
