/** A node server that listens, http or https. */
import { readFile } from 'node:fs/promises';
import { type Server, type ServerOptions, createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type Result, err, ok } from '@fairground/ledger';

export interface ListenOptions {
  readonly port: number;
  readonly host: string;
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  readonly patience?: Patience;
}

/** How long a caller may take, in ms, before its connection is cut. WebSockets have their own pings. */
export interface Patience {
  /** To say what it wants. */
  readonly headersMs: number;
  /** To say all of it. */
  readonly requestMs: number;
  /** Without a byte either way: for who asks and does not read the answer. */
  readonly idleMs: number;
}

const usual: Patience = { headersMs: 15_000, requestMs: 30_000, idleMs: 60_000 };

/** Refusals say what to do: a taken port, an address that is not ours, a certificate that cannot be read. */
export async function listen({
  port,
  host,
  tls,
  patience = usual,
}: ListenOptions): Promise<Result<Server, 'listen_failed'>> {
  let server: Server;
  const options: ServerOptions = {
    headersTimeout: patience.headersMs,
    requestTimeout: patience.requestMs,
    connectionsCheckingInterval: Math.min(5_000, patience.headersMs),
  };
  try {
    server = tls
      ? createSecureServer({ ...options, cert: await readFile(tls.cert), key: await readFile(tls.key) })
      : createServer(options);
  } catch (fault) {
    return err(
      'listen_failed',
      `TLS_CERT and TLS_KEY cannot be used (${messageOf(fault)}): write the paths of a PEM certificate and its key.`,
    );
  }
  server.setTimeout(patience.idleMs);
  return new Promise((resolve) => {
    server.once('error', (fault: NodeJS.ErrnoException) =>
      resolve(err('listen_failed', explain(fault, port, host))),
    );
    server.listen(port, host, () => resolve(ok(server)));
  });
}

function explain({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken: stop what uses it, or write another one, such as PORT=${port + 1}.`;
    case 'EACCES':
      return `Port ${port} is not allowed for this user: write one above 1023, such as PORT=8080.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST=${host} is no address of this machine: write 0.0.0.0 or 127.0.0.1.`;
    default:
      return `Cannot listen on ${host}:${port}: ${message}`;
  }
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
