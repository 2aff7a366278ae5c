/** A segment is asked for with a few bytes: what waits for its reader is bounded, and what an address gets. */
import { limits } from '@fairground/protocol';
import type { Rates } from './rates.ts';
import type { Guest } from './sockets.ts';

/** From now on the guest's socket sends within its bounds, whoever sends over it. */
export function boundAnswers(rates: Rates, { socket, address, close }: Guest): void {
  const send = socket.send.bind(socket);
  socket.send = (data: Parameters<typeof send>[0]) => {
    if (socket.bufferedAmount > limits.bufferedBytes.max) return close('slow_reader');
    const length = data instanceof Uint8Array ? data.length : 0;
    if (rates.take(limits.syncBytes, address, length) !== undefined) return close('rate_limited');
    return send(data);
  };
}
