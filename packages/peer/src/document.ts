/** One Yjs document through the relay, by the stock y-websocket client. */
import { WebsocketProvider } from 'y-websocket';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { createLive, type Live } from './live.ts';

export type DocumentStatus = 'connecting' | 'online' | 'offline' | 'refused';

export interface OpenDocument {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  /** `online` from the first complete sync until the socket goes. */
  readonly status: Live<DocumentStatus>;
  /** The close code (44xx) when `refused`. */
  readonly refusedWith: number | undefined;
  /** A path may have opened: try now instead of after the backoff. */
  reconnect(): void;
  close(): void;
}

export interface DocumentDeps {
  /** `ws://host/docs` */
  readonly docsUrl: string;
  readonly WebSocket: typeof globalThis.WebSocket;
  /** A session token, or undefined to read without one. `fresh` asks for a new one. */
  token(fresh: boolean): Promise<string | undefined>;
}

/** The relay's way of saying that the token has expired. */
const SESSION_EXPIRED = 4401;

export function openDocument(deps: DocumentDeps, name: string, cap: string | undefined): OpenDocument {
  const doc = new Y.Doc();
  const params: { [key: string]: string } = cap === undefined ? {} : { cap };
  const provider = new WebsocketProvider(deps.docsUrl, name, doc, {
    connect: false,
    params,
    disableBc: true, // what another tab says is as untrusted as any peer; it comes through the relay
    maxBackoffTime: 2500,
    WebSocketPolyfill: deps.WebSocket,
  });
  const status = createLive<DocumentStatus>('connecting');
  let refusedWith: number | undefined;
  let closed = false;
  let renewed = false;

  const connect = async (fresh: boolean) => {
    const token = await deps.token(fresh).catch(() => undefined);
    if (closed) return;
    if (token !== undefined) params['token'] = token;
    provider.connect();
  };
  provider.on('sync', (synced: boolean) => {
    if (synced) renewed = false;
    status.set(synced ? 'online' : 'offline');
  });
  provider.on('status', ({ status: next }: { status: string }) => {
    if (next === 'disconnected') status.set('offline');
  });
  provider.on('connection-close', () => {
    if (status.value === 'connecting') status.set('offline');
  });
  provider.on('closed', ({ code }: { code: number }) => {
    if (code === SESSION_EXPIRED && !renewed) {
      renewed = true;
      return void connect(true);
    }
    refusedWith = code;
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
      provider.destroy();
      provider.awareness.destroy();
      doc.destroy();
    },
  };
}
