/** Between listening and being ready what comes in waits: a request that nobody listens to would hang for ever. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Call the result when the server's own listeners are there: they are handed what has waited. */
export function holdBack(server: Server): () => void {
  const waiting: (() => void)[] = [];
  const request = (message: IncomingMessage, response: ServerResponse) =>
    void waiting.push(() => server.emit('request', message, response));
  const upgrade = (message: IncomingMessage, socket: Duplex, head: Buffer) =>
    void waiting.push(() => server.emit('upgrade', message, socket, head));
  server.on('request', request);
  server.on('upgrade', upgrade);
  return () => {
    server.off('request', request);
    server.off('upgrade', upgrade);
    for (const hand of waiting.splice(0)) hand();
  };
}
