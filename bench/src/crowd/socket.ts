/**
 * A WebSocket client of the least cost (RFC 6455): thousands of them share a core with nothing but their own counting. It answers pings,
 * masks with zeros, and hands out whole binary messages.
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface CrowdSocket {
  send(message: Uint8Array): void;
  /** The view is good until it returns. */
  onMessage: (message: Uint8Array) => void;
  close(): void;
}

const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

export function openSocket(port: number, path: string): Promise<CrowdSocket> {
  return new Promise((resolve, reject) => {
    const tcp = connect({ port, host: '127.0.0.1', noDelay: true });
    let waiting: Buffer = Buffer.alloc(0);
    let isOpen = false;
    const socket: CrowdSocket = {
      send: (message) => void tcp.write(frame(BINARY, message)),
      onMessage: () => {},
      close: () => tcp.destroy(),
    };
    tcp.on('error', reject);
    tcp.on('close', () => reject(new Error(`the server hung up on ${path}`)));
    tcp.on('data', (data: Buffer) => {
      waiting = waiting.length === 0 ? data : Buffer.concat([waiting, data]);
      if (!isOpen) {
        const end = waiting.indexOf('\r\n\r\n');
        if (end < 0) return;
        if (!waiting.toString('latin1', 0, 12).endsWith('101')) return void tcp.destroy();
        isOpen = true;
        waiting = waiting.subarray(end + 4);
        resolve(socket);
      }
      waiting = waiting.subarray(takeFrames(waiting, tcp, socket));
    });
    tcp.write(handshake(port, path));
  });
}

function handshake(port: number, path: string): string {
  const key = randomBytes(16).toString('base64');
  const lines = [
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${key}`,
    'Sec-WebSocket-Version: 13',
  ];
  return [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, ...lines, '', ''].join('\r\n');
}

/** How many bytes were whole frames. */
function takeFrames(bytes: Buffer, tcp: Socket, socket: CrowdSocket): number {
  let at = 0;
  for (;;) {
    const head = readHead(bytes, at);
    if (!head || head.end > bytes.length) return at;
    const payload = bytes.subarray(head.start, head.end);
    if (head.opcode === BINARY) socket.onMessage(payload);
    else if (head.opcode === PING) tcp.write(frame(PONG, payload));
    else if (head.opcode === CLOSE) throw new Error(`closed by the server: ${payload.toString('latin1', 2)}`);
    at = head.end;
  }
}

function readHead(
  bytes: Buffer,
  at: number,
): { readonly opcode: number; readonly start: number; readonly end: number } | undefined {
  if (bytes.length < at + 2) return undefined;
  const opcode = bytes.readUInt8(at) & 15;
  const short = bytes.readUInt8(at + 1) & 127;
  const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
  if (bytes.length < start) return undefined;
  return { opcode, start, end: start + (short < 126 ? short : longLength(bytes, at + 2, short)) };
}

function longLength(bytes: Buffer, at: number, short: number): number {
  return short === 126 ? bytes.readUInt16BE(at) : Number(bytes.readBigUInt64BE(at));
}

function frame(opcode: number, message: Uint8Array): Buffer {
  const { length } = message;
  const wide = length < 126 ? 0 : 2;
  const out = Buffer.alloc(6 + wide + length);
  out[0] = 0x80 | opcode;
  out[1] = 0x80 | (wide === 0 ? length : 126);
  if (wide === 2) out.writeUInt16BE(length, 2);
  out.set(message, 6 + wide);
  return out;
}
