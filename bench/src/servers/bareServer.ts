/** The floor: what comes in goes out to everybody else in the room, unread. No merge, no persistence, no catch-up. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Opened, roomNames } from './opened.ts';

export async function openBare(count: number): Promise<Opened> {
  const rooms = new Map<string, Set<WebSocket>>();
  const server = createServer();
  new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket, request) => {
    const name = request.url ?? '/';
    const room = rooms.get(name) ?? new Set();
    rooms.set(name, room.add(socket));
    socket.on('message', (data) => {
      for (const other of room) if (other !== socket && other.readyState === other.OPEN) other.send(data);
    });
    socket.on('close', () => room.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, rooms: roomNames(count) };
}
