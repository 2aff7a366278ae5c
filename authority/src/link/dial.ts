/** An authority behind a home router dials its relay, and dials again for as long as it lives. */
import { type LinkPort, type SocketLike, TOKEN_PARAMETER, paths, socketLink } from '@fairground/protocol';
import type { Clock, Log, SyncSigner } from '../ports.ts';
import { type Fetch, openSession } from './session.ts';

export interface DialDeps {
  /** `https://fair.example` */
  readonly url: string;
  readonly signer: SyncSigner;
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly chance: () => number;
  readonly log: Log;
  readonly fetch: Fetch;
  /** `heard` is to be called when the relay pings. */
  readonly openSocket: (url: string, heard: () => void) => SocketLike;
  /** Gets every new link; what the relay may have missed is told by whoever takes it. */
  attach(port: LinkPort): void;
}

export interface Dialling {
  close(): void;
}

const firstWaitMs = 250;
const longestWaitMs = 15_000;
/** A link that held so long was a good one: the next wait is short again. */
const goodMs = 10_000;
/** The relay pings every ten seconds. A router that has forgotten a connection tells nobody, and the kernel waits a quarter of an hour. */
const listenMs = 10_000;
const mostSilent = 4;

export function dialRelay(deps: DialDeps): Dialling {
  let isClosed = false;
  let failures = 0;
  let cancel = () => {};
  let socket: SocketLike | undefined;

  async function dial(): Promise<void> {
    const token = await openSession(deps.url, deps.signer, deps.fetch);
    if (isClosed) return;
    if (token.ok) connect(token.value);
    else again(token.message ?? token.code);
  }

  function connect(token: string): void {
    let isOpen = false;
    let isOver = false;
    const ear = createEar(deps.clock);
    const opened = deps.openSocket(mailUrl(deps.url, token), ear.heard);
    socket = opened;
    const since = deps.clock.now();
    const port = socketLink(opened);

    function end(why: string): void {
      if (isOver) return;
      isOver = true;
      cancel();
      if (isOpen && deps.clock.now() - since >= goodMs) failures = 0;
      again(why);
    }

    opened.addEventListener('message', ear.heard);
    opened.addEventListener('open', () => {
      if (isOver) return;
      isOpen = true;
      deps.log.info({ url: deps.url }, 'the relay is connected');
      deps.attach(port);
    });
    port.onClose(() => end('the link was closed'));
    cancel = ear.listen(() => {
      end('nothing is heard of it any more');
      opened.close();
    });
  }

  /** Twice as long each time, by a random share shorter, so that many do not come back at once. */
  function again(why: string): void {
    if (isClosed) return;
    const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** failures) * (0.5 + deps.chance() / 2);
    failures += 1;
    deps.log.warn(
      { url: deps.url, why, wait: Math.round(wait) },
      'the relay is not connected; it is dialled again',
    );
    cancel = deps.clock.setTimer(wait, () => void dial());
  }

  void dial();
  return {
    close() {
      isClosed = true;
      cancel();
      socket?.close();
    },
  };
}

interface Ear {
  heard(): void;
  /** Calls `deaf` when nothing was heard for so long; the result ends it. */
  listen(deaf: () => void): () => void;
}

/** Counts turns of a timer and does not read the clock, which may be set. */
function createEar(clock: Clock): Ear {
  let silent = 0;
  let cancel = () => {};
  const listen = (deaf: () => void) => {
    cancel = clock.setTimer(listenMs, () => {
      silent += 1;
      if (silent < mostSilent) listen(deaf);
      else deaf();
    });
    return () => cancel();
  };
  return { heard: () => void (silent = 0), listen };
}

function mailUrl(url: string, token: string): string {
  const mail = new URL(paths.mail(), url);
  mail.protocol = mail.protocol === 'https:' ? 'wss:' : 'ws:';
  mail.searchParams.set(TOKEN_PARAMETER, token);
  return mail.href;
}
