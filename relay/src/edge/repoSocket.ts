/** An automerge-repo client on `/repo`: the repo is loaded when the first one comes, since its wasm is large. */
import type { WebSocket } from 'ws';
import type { Clock } from '../ports.ts';
import type { SegmentRepo } from '../repo/segmentRepo.ts';
import type { SegmentStore } from '../store/ports.ts';
import { boundAnswers } from './boundAnswers.ts';
import { createFrameGuard } from './frameGuard.ts';
import type { Rates } from './rates.ts';
import type { RoomBook } from './roomBook.ts';
import type { Guest } from './sockets.ts';

export interface SegmentServerDeps {
  readonly clock: Clock;
  readonly rooms: RoomBook;
  readonly rates: Rates;
  readonly segments: SegmentStore;
}

export interface SegmentServer {
  serve(guest: Guest): void;
  close(): void;
}

export function serveSegments({ clock, rooms, rates, segments }: SegmentServerDeps): SegmentServer {
  const guests = new WeakMap<WebSocket, Guest>();
  let repo: Promise<SegmentRepo> | undefined;

  async function mayRead(socket: WebSocket, documentId: string): Promise<boolean> {
    const segment = await segments.get(documentId);
    return segment !== undefined && rooms.mayReadWorld(segment.world, guests.get(socket)?.cap).ok;
  }

  async function load(): Promise<SegmentRepo> {
    const { openSegmentRepo } = await import('../repo/segmentRepo.ts');
    return openSegmentRepo({
      clock,
      segments,
      mayRead,
      keyOf: (socket) => guests.get(socket)?.who?.hex,
      close: (socket, code) => guests.get(socket)?.close(code),
    });
  }

  return {
    serve(guest) {
      const { socket } = guest;
      guests.set(socket, guest);
      // Held back until the repo listens; the guard sees every frame first.
      const guarded = guardFrames(clock, guest);
      boundAnswers(rates, guest);
      repo ??= load();
      void repo.then(
        (loaded) => {
          loaded.connect(socket, guest.request);
          guarded.release();
        },
        () => guest.close('internal'),
      );
    },
    close() {
      void repo?.then((loaded) => loaded.close());
    },
  };
}

/** Puts the frame guard in front of whoever listens to the socket's messages. */
function guardFrames(clock: Clock, { socket, close }: Guest): { release(): void } {
  const guard = createFrameGuard(clock);
  const emit = socket.emit.bind(socket);
  const held: unknown[][] = [];
  let isHeld = true;
  socket.emit = (event: string | symbol, ...args: unknown[]): boolean => {
    if (event !== 'message') return emit(event, ...args);
    const [data, isBinary] = args;
    const frame = guard(data as Buffer, isBinary === true);
    if (!frame.ok) {
      close(frame.code);
      return true;
    }
    if (!isHeld) return emit('message', data, isBinary);
    held.push([data, isBinary]);
    return true;
  };
  return {
    release() {
      isHeld = false;
      for (const args of held.splice(0)) emit('message', ...args);
    },
  };
}
