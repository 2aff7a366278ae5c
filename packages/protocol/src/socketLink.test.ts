import { expect, it } from 'vitest';
import { type SocketLike, socketLink } from './index.ts';

/** A WebSocket that is opened, fed and closed by hand. */
function handSocket() {
  const events = new EventTarget();
  const sent: unknown[] = [];
  const socket = {
    binaryType: 'blob',
    readyState: 0,
    send: (data: unknown) => sent.push(data),
    close: (code?: number, reason?: string) => sent.push([code, reason]),
    addEventListener: (type: string, listener: (event: never) => void) =>
      events.addEventListener(type, listener as unknown as EventListener),
  } as unknown as SocketLike & { readyState: number };
  const emit = (type: string, data?: unknown) =>
    events.dispatchEvent(Object.assign(new Event(type), { data }));
  return { socket, sent, emit };
}

it('[W8] a link over a socket holds frames until it opens and until there is a listener', () => {
  const { socket, sent, emit } = handSocket();
  const link = socketLink(socket);
  link.send(new Uint8Array([1]));
  expect(sent).toEqual([]);
  socket.readyState = 1;
  emit('open');
  expect(sent).toEqual([new Uint8Array([1])]);
  const got: number[] = [];
  emit('message', new Uint8Array([7]).buffer);
  link.onFrame((frame) => got.push(frame[0] ?? -1));
  emit('message', new Uint8Array([8]).buffer);
  expect(got).toEqual([7, 8]);
});

it('[W8] text on a link closes it', () => {
  const { socket, sent, emit } = handSocket();
  socketLink(socket);
  emit('message', 'hello');
  expect(sent).toEqual([[4400, 'link_malformed']]);
});
