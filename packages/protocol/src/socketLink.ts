/** A link over a WebSocket, from either side: browsers' and Node's WebSocket and the sockets of `ws` all fit. */
import type { Bytes } from '@fairground/ledger';
import type { LinkPort } from './link.ts';
import { closeFor, problemRow } from './problems.ts';

/** The part of a WebSocket that is used. */
export interface SocketLike {
  binaryType: string;
  readonly readyState: number;
  send(data: Uint8Array): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close' | 'open', listener: () => void): void;
}

const OPEN = 1;
const CLOSING = 2;

/** Takes the socket's messages from now on; what is sent before it is open goes out when it opens. */
export function socketLink(socket: SocketLike): LinkPort {
  const inbox: Bytes[] = [];
  const outbox: Bytes[] = [];
  let listener: ((frame: Bytes) => void) | undefined;
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('message', ({ data }) => {
    if (!(data instanceof ArrayBuffer)) {
      const { code, reason } = closeFor('link_malformed');
      return socket.close(code, reason);
    }
    const frame = new Uint8Array(data);
    if (listener) listener(frame);
    else inbox.push(frame);
  });
  socket.addEventListener('open', () => {
    for (const frame of outbox.splice(0)) socket.send(frame);
  });
  return {
    send(frame) {
      if (socket.readyState === OPEN) socket.send(frame);
      else if (socket.readyState < CLOSING) outbox.push(frame);
    },
    onFrame(next) {
      listener = next;
      for (const frame of inbox.splice(0)) next(frame);
    },
    onClose(closer) {
      socket.addEventListener('close', closer);
    },
    close(reason) {
      if (reason === undefined) socket.close(1000);
      else socket.close(problemRow(reason).close, reason);
    },
  };
}
