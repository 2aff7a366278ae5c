/** For tests: stock y-websocket providers, and a bare socket that says what no stock client would. */
import { type Cap } from '@fairground/protocol';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { type TestRelay, until } from './party.ts';

export interface DocClient {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  /** Close codes and reasons so far. */
  readonly closes: { readonly code: number; readonly reason: string }[];
  close(): void;
}

export interface DocClientOptions {
  readonly token?: string | undefined;
  readonly cap?: Cap | undefined;
  readonly doc?: Y.Doc;
}

/** As stock as it comes: the relay's address, the document's name, a token as a parameter. */
export function joinDoc(
  { ws }: TestRelay,
  name: string,
  { token, cap, doc = new Y.Doc() }: DocClientOptions = {},
): DocClient {
  const params = { ...(token === undefined ? {} : { token }), ...(cap === undefined ? {} : { cap }) };
  const provider = new WebsocketProvider(`${ws}/docs`, name, doc, { params, disableBc: true });
  const closes: { code: number; reason: string }[] = [];
  provider.on('connection-close', (event) => {
    if (event) closes.push({ code: event.code, reason: event.reason });
  });
  return {
    doc,
    provider,
    closes,
    close() {
      provider.destroy();
      doc.destroy();
    },
  };
}

export async function joinedDoc(
  relay: TestRelay,
  name: string,
  options: DocClientOptions = {},
): Promise<DocClient> {
  const client = joinDoc(relay, name, options);
  await until(() => client.provider.synced, `${name} to be in step`);
  return client;
}

export interface BareSocket {
  readonly socket: WebSocket;
  readonly got: Uint8Array[];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}

export async function bareSocket(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<BareSocket> {
  const socket = new WebSocket(url, { headers });
  const got: Uint8Array[] = [];
  socket.on('message', (data: Buffer) => got.push(new Uint8Array(data)));
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return { socket, got, closed };
}
