import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { wireFrame } from './wireFrame.ts';

const lengths = [0, 1, 125, 126, 127, 65_535, 65_536, 300_000];
const messageOf = (length: number) => new Uint8Array(length).map((_, i) => i);
let server: WebSocketServer;

/** Writes each message to whoever connects, past `ws` and onto its TCP socket. */
beforeAll(() => {
  server = new WebSocketServer({ port: 0 });
  server.on('connection', (_, request) => {
    for (const length of lengths) request.socket.write(wireFrame(messageOf(length)));
  });
});
afterAll(() => server.close());

it('[Y46] messages of all lengths are framed as a WebSocket client reads them', async () => {
  const { port } = server.address() as AddressInfo;
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  const got: Uint8Array[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      expect(isBinary).toBe(true);
      if (got.push(new Uint8Array(data)) === lengths.length) resolve();
    });
  });
  expect(got).toEqual(lengths.map(messageOf));
  socket.terminate();
});

it('[Y46] one message is framed once for all its readers', () => {
  const [one, two] = [new Uint8Array([1]), new Uint8Array([1])];
  const wire = wireFrame(one);
  expect(wireFrame(one)).toBe(wire);
  expect(wireFrame(two)).not.toBe(wire);
});
