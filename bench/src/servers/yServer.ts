/** @y/websocket-server as its own command runs it: documents in memory. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setupWSConnection } from '@y/websocket-server/utils';
import { WebSocketServer } from 'ws';
import { type Opened, roomNames } from './opened.ts';

export async function openYServer(count: number): Promise<Opened> {
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on('connection', (socket, request) => setupWSConnection(socket, request));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, rooms: roomNames(count) };
}
