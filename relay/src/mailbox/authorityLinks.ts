/** The authorities that are connected: one link each, the newest start wins. */
import { type Bytes, type Cbor, bytesToHex, equalBytes } from '@fairground/ledger';
import {
  type HelloFrame,
  type LinkPort,
  REPLY_PATIENCE_MS,
  type ReplyFrame,
  type ToAuthority,
  type ToRelay,
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
  | { readonly kind: 'get'; readonly world: Bytes; readonly path: string };

export type Publication = Exclude<ToRelay, { t: 'hello' | 'reply' }>;

export interface LinkEvents {
  online(authority: string): void;
  offline(authority: string): void;
  /** An answer to mail; questions are answered to who asked. */
  replied(frame: ReplyFrame): void;
  /** Awaited before the next frame of the link is looked at. */
  published(authority: Bytes, frame: Publication): Promise<void>;
}

export interface AuthorityLinks {
  /** `expected`: the key of the session that the link came with; absent for one in the same process. */
  attach(port: LinkPort, expected?: Bytes): void;
  isOnline(authority: string): boolean;
  /** The hello of the newest link, kept while the authority is away. */
  readonly newest: HelloFrame | undefined;
  isKnown(authority: string): boolean;
  send(authority: string, frame: ToAuthority): void;
  /** Undefined when the authority is away or does not answer in time. */
  ask(authority: string, question: Question): Promise<Answer | undefined>;
  nextId(): number;
  close(): void;
}

export interface LinkDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly lastId: number;
  readonly events: LinkEvents;
}

interface Link {
  readonly port: LinkPort;
  readonly hello: HelloFrame;
}

export function createAuthorityLinks({ clock, log, lastId, events }: LinkDeps): AuthorityLinks {
  const links = new Map<string, Link>();
  const hellos = new Map<string, HelloFrame>();
  const ports = new Set<LinkPort>();
  const asked = new Map<number, (answer: Answer | undefined) => void>();
  let newest: HelloFrame | undefined;
  let id = lastId;

  function greet(port: LinkPort, hello: HelloFrame, expected: Bytes | undefined): string | undefined {
    const authority = bytesToHex(hello.key);
    if (expected && !equalBytes(expected, hello.key)) return refuse(port, 'authority_only');
    if (hello.epoch < (hellos.get(authority)?.epoch ?? 0)) return refuse(port, 'link_replaced');
    const before = links.get(authority);
    links.set(authority, { port, hello });
    hellos.set(authority, hello);
    newest = hello;
    before?.port.close('link_replaced');
    log.info({ authority, name: hello.name, epoch: hello.epoch }, 'authority connected');
    events.online(authority);
    return authority;
  }

  function refuse(port: LinkPort, code: string): undefined {
    log.warn({ code }, 'authority link refused');
    port.close(code);
    return undefined;
  }

  function settle(frame: ReplyFrame): void {
    const resolve = asked.get(frame.id);
    if (resolve) resolve(frame);
    else events.replied(frame);
  }

  function attach(port: LinkPort, expected?: Bytes): void {
    let authority: string | undefined;
    let key: Bytes = new Uint8Array();
    let queue = Promise.resolve();
    ports.add(port);
    const receive = async (bytes: Bytes): Promise<void> => {
      const frame = decodeToRelay(bytes);
      if (!frame.ok) {
        log.error({ reason: frame.message }, 'link frame is not understood');
        return port.close('link_malformed');
      }
      if (frame.value.t === 'hello') {
        authority = greet(port, frame.value, expected);
        key = frame.value.key;
      } else if (authority === undefined) refuse(port, 'link_malformed');
      else if (frame.value.t === 'reply') settle(frame.value);
      else await events.published(key, frame.value);
    };
    port.onFrame((bytes) => {
      // In order: a reply to a create must find the room that was published before it.
      queue = queue
        .then(() => receive(bytes))
        .catch((fault: unknown) => {
          log.error({ fault: String(fault) }, 'link frame could not be taken');
          port.close('storage_failed');
        });
    });
    port.onClose(() => {
      ports.delete(port);
      if (authority === undefined || links.get(authority)?.port !== port) return;
      links.delete(authority);
      log.info({ authority }, 'authority disconnected');
      events.offline(authority);
    });
  }

  return {
    attach,
    isOnline: (authority) => links.has(authority),
    isKnown: (authority) => hellos.has(authority),
    get newest() {
      return newest;
    },
    send(authority, frame) {
      links.get(authority)?.port.send(encodeFrame(frame));
    },
    ask(authority, question) {
      const link = links.get(authority);
      if (!link) return Promise.resolve(undefined);
      const number = ++id;
      return new Promise((resolve) => {
        const settleOnce = (answer: Answer | undefined) => {
          cancel();
          asked.delete(number);
          resolve(answer);
        };
        const cancel = clock.setTimer(REPLY_PATIENCE_MS, () => settleOnce(undefined));
        asked.set(number, settleOnce);
        link.port.send(encodeFrame(toFrame(number, question)));
      });
    },
    nextId: () => ++id,
    close() {
      for (const port of ports) port.close('relay_stopping');
      for (const resolve of asked.values()) resolve(undefined);
    },
  };
}

function toFrame(id: number, question: Question): ToAuthority {
  switch (question.kind) {
    case 'get':
      return { t: 'get', id, world: question.world, path: question.path };
    case 'head':
      return { t: 'mail', id, kind: 'head', world: question.world, payload: question.key, via: 'relay' };
    case 'create':
      return { t: 'mail', id, kind: 'create', payload: question.payload, sig: question.sig, via: 'relay' };
  }
}
