/** One Yjs document through the relay, by the stock y-websocket client. */
import { WebsocketProvider } from 'y-websocket';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { createLive, type Live } from './live.ts';
import type { Clock } from './ports.ts';

export type DocumentStatus = 'connecting' | 'online' | 'offline' | 'refused';

export interface OpenDocument {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  /** `online` from the first complete sync until the socket goes. */
  readonly status: Live<DocumentStatus>;
  /** The problem's code when `refused`. */
  readonly refusedWith: string | undefined;
  /** A path may have opened: try now instead of after the backoff. */
  reconnect(): void;
  close(): void;
}

export interface DocumentDeps {
  /** `ws://host/docs` */
  readonly docsUrl: string;
  readonly WebSocket: typeof globalThis.WebSocket;
  readonly clock: Clock;
  /** A session token, or undefined to read without one. `fresh` asks for a new one. */
  token(fresh: boolean): Promise<string | undefined>;
}

/** What a fresh session cures. */
const sessionCures: ReadonlySet<string> = new Set(['session_invalid', 'session_needed', 'client_ids']);
/** What waiting cures, though a 44xx code would end the stock client's attempts. */
const waitingCures: ReadonlySet<string> = new Set([
  'rate_limited',
  'connections_exceeded',
  'slow_reader',
  'awareness_clock',
]);
/** An attempt whose answer was lost on the way ends by itself after a quarter of an hour, or never: it is given up and made again. */
const HANDSHAKE_MS = 10_000;
const isFinal = (code: number): boolean => code >= 4400 && code < 4500;

export function openDocument(deps: DocumentDeps, name: string, cap: string | undefined): OpenDocument {
  const doc = new Y.Doc();
  const params: { [key: string]: string } = cap === undefined ? {} : { cap };
  const provider = new WebsocketProvider(deps.docsUrl, name, doc, {
    connect: false,
    params,
    disableBc: true, // what another tab says is as untrusted as any peer; it comes through the relay
    maxBackoffTime: 2500,
    WebSocketPolyfill: deps.WebSocket,
    shouldReconnect: ({ code, reason }) => !isFinal(code) || waitingCures.has(reason),
  });
  const status = createLive<DocumentStatus>('connecting');
  let refusedWith: string | undefined;
  let closed = false;
  /** Cures that were tried since they last helped. */
  const tried = new Set<string>();

  const connect = async (fresh: boolean) => {
    const token = await deps.token(fresh).catch(() => undefined);
    if (closed) return;
    if (token !== undefined) params['token'] = token;
    provider.connect();
  };
  provider.on('sync', (synced: boolean) => {
    // A session gives eight client ids and a document needs one: a second fresh one would be of no use.
    if (synced) for (const code of tried) if (code !== 'client_ids') tried.delete(code);
    status.set(synced ? 'online' : 'offline');
  });
  const forgetAttempt = watchAttempts(provider, deps.clock, () => status.set('offline'));
  provider.on('connection-close', () => {
    if (status.value === 'connecting') status.set('offline');
  });
  provider.on('closed', ({ code, reason }: { code: number; reason: string }) => {
    if (sessionCures.has(reason) && !tried.has(reason)) {
      tried.add(reason);
      return void connect(true);
    }
    refusedWith = reason || String(code);
    status.set('refused');
  });
  void connect(false);

  return {
    doc,
    awareness: provider.awareness,
    status,
    get refusedWith() {
      return refusedWith;
    },
    reconnect() {
      if (status.value === 'online' || closed) return;
      provider.wsUnsuccessfulReconnects = 0;
      void connect(false);
    },
    close() {
      closed = true;
      forgetAttempt();
      provider.destroy();
      provider.awareness.destroy();
      doc.destroy();
    },
  };
}

/** Says when the socket is gone, and dials again when nothing comes of an attempt; the result stops looking. */
function watchAttempts(provider: WebsocketProvider, clock: Clock, gone: () => void): () => void {
  let cancel = () => {};
  const dialAgain = () => {
    if (provider.wsconnected || !provider.shouldConnect) return;
    provider.disconnect();
    provider.connect();
  };
  provider.on('status', ({ status }: { status: string }) => {
    cancel();
    if (status === 'disconnected') gone();
    if (status === 'connecting') cancel = clock.setTimer(HANDSHAKE_MS, dialAgain);
  });
  return () => cancel();
}
