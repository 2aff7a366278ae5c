/** `fetch` over the simulated network: real HTTP, and now and then a request or an answer that is lost, late or sent twice. */
import { request as httpRequest } from 'node:http';
import type { Loop } from '../runtime/loop.ts';
import type { Caller, Network } from './network.ts';

/** What befalls the next request. */
export type Mishap =
  | { readonly kind: 'request lost' | 'answer lost' }
  /** It is sent again so much later. */
  | { readonly kind: 'twice' | 'late'; readonly ms: number };

export interface FetchDeps {
  readonly loop: Loop;
  readonly network: Network;
  readonly caller: Caller;
  /** Taken from the front. */
  readonly mishaps: Mishap[];
}

interface Call {
  readonly url: URL;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array | undefined;
  readonly signal: AbortSignal | undefined;
}

export function createFetch(deps: FetchDeps): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const headers = Object.fromEntries(new Headers(init.headers));
    const body = bodyOf(init.body);
    const call: Call = {
      url: new URL(String(input)),
      method: init.method ?? 'GET',
      headers,
      body,
      signal: init.signal ?? undefined,
    };
    const mishap = deps.mishaps.shift();
    switch (mishap?.kind) {
      case 'request lost':
        await later(deps, 1000);
        throw new TypeError('fetch failed');
      case 'answer lost':
        await send(deps, call);
        throw new TypeError('fetch failed');
      case 'late':
        await later(deps, mishap.ms);
        return send(deps, call);
      case 'twice':
        void later(deps, mishap.ms)
          .then(() => send(deps, { ...call, signal: undefined }))
          .catch(() => {});
        return send(deps, call);
      case undefined:
        return send(deps, call);
    }
  };
}

function later({ loop }: FetchDeps, ms: number): Promise<void> {
  return new Promise((resume) => void loop.after(ms, 'request waits', resume));
}

function bodyOf(body: unknown): Uint8Array | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  throw new Error('fetch: only text and bytes are sent here');
}

function send(
  { network, caller }: FetchDeps,
  { url, method, headers, body, signal }: Call,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new TypeError('fetch failed'));
    if (signal?.aborted) return fail();
    const outgoing = httpRequest(
      {
        host: url.hostname,
        port: 80,
        path: url.pathname + url.search,
        method,
        headers: { ...headers, ...(body ? { 'content-length': body.length } : {}) },
        createConnection: () => network.connect(caller) as never,
      },
      (incoming) => {
        const parts: Uint8Array[] = [];
        incoming.on('data', (part: Uint8Array) => void parts.push(part));
        incoming.on('error', fail);
        incoming.on('end', () => {
          const status = incoming.statusCode ?? 500;
          const bytes = Buffer.concat(parts);
          const isEmpty = status === 204 || status === 304;
          const headersIn = new Headers();
          for (const [name, value] of Object.entries(incoming.headers)) headersIn.set(name, String(value));
          resolve(new Response(isEmpty ? null : new Uint8Array(bytes), { status, headers: headersIn }));
        });
      },
    );
    outgoing.on('error', fail);
    signal?.addEventListener('abort', () => outgoing.destroy(new Error('aborted')));
    outgoing.end(body);
  });
}
