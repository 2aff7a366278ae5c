/**
 * How many connections an address may hold at all, whatever it says on them or does not: each costs a file handle, and who has none left
 * can neither answer nor store. Past it they are cut without a word. Behind a proxy all come from one address, and the proxy counts.
 */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { limits } from '@fairground/protocol';
import { addressOf } from './address.ts';

/** Besides as many WebSockets as it may have, which are told why when there are too many. */
const perSocket = 2;
/** However narrow the limits are made: one page alone opens half a dozen. */
const least = 64;

export function limitCallers(server: Server, addressFactor: number): void {
  const most = Math.max(least, perSocket * limits.connections.max * addressFactor);
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = addressOf(socket.remoteAddress, undefined);
    const count = (open.get(address) ?? 0) + 1;
    if (count > most) return void socket.destroy();
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
    return undefined;
  });
}
