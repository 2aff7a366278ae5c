/** Hocuspocus without an extension: documents in memory. */
import type { AddressInfo } from 'node:net';
import { Server } from '@hocuspocus/server';
import { type Opened, roomNames } from './opened.ts';

export async function openHocuspocus(count: number): Promise<Opened> {
  // Its clients speak of themselves every half a minute; ours, between two measurements, do not.
  const server = new Server({
    address: '127.0.0.1',
    port: 0,
    quiet: true,
    timeout: 900_000,
    stopOnSignals: false,
  });
  await new Promise<void>((resolve) => server.httpServer.listen(0, '127.0.0.1', resolve));
  return { port: (server.httpServer.address() as AddressInfo).port, rooms: roomNames(count) };
}
