/** A page of one heading, without a script: no page can be there sooner on this machine and under its throttle. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OneHeading {
  readonly url: string;
  close(): void;
}

const PAGE =
  '<!doctype html><meta name="viewport" content="width=device-width"><title>One</title><main><h1>One</h1></main>';

export async function serveOneHeading(): Promise<OneHeading> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(PAGE);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}
