/** A client that keeps to no protocol: bytes over TCP, WebSocket frames by hand, from whatever address it says (behind a trusted proxy). */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface RawClient {
  readonly socket: Socket;
  /** All that was heard so far, as Latin-1. */
  heard(): string;
  /** Resolves when the other side has hung up. */
  readonly cut: Promise<void>;
  /** One frame of a WebSocket, masked as a client must (RFC 6455 §5.2); `more` leaves the message unfinished. */
  frame(bytes: Uint8Array, options?: { readonly opcode?: number; readonly more?: boolean }): void;
}

export function rawClient(url: string, text = ''): RawClient {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname, () => text !== '' && socket.write(text));
  let heard = '';
  socket.setEncoding('latin1').on('data', (data: string) => (heard += data));
  const cut = new Promise<void>((resolve) => {
    socket.on('error', () => {});
    socket.once('close', () => resolve());
  });
  return {
    socket,
    heard: () => heard,
    cut,
    frame: (bytes, { opcode = 2, more = false } = {}) =>
      void socket.write(Buffer.concat([header(bytes.length, more ? opcode : opcode | 0x80), masked(bytes)])),
  };
}

/** The request line and headers of an upgrade. */
export function upgradeText(path: string, address: string): string {
  const lines = [
    `GET ${path} HTTP/1.1`,
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    `X-Forwarded-For: ${address}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

const mask = Buffer.from([1, 2, 3, 4]);

function header(length: number, first: number): Buffer {
  if (length < 126) return Buffer.from([first, 0x80 | length]);
  if (length < 65_536) return Buffer.from([first, 0x80 | 126, length >> 8, length & 255]);
  const long = Buffer.alloc(10);
  long[0] = first;
  long[1] = 0x80 | 127;
  long.writeBigUInt64BE(BigInt(length), 2);
  return long;
}

function masked(bytes: Uint8Array): Buffer {
  return Buffer.concat([mask, Buffer.from(bytes).map((byte, i) => byte ^ (mask[i % 4] ?? 0))]);
}
