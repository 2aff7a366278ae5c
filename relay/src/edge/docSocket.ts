/** A y-websocket client on `/docs/<name>`: access, then frames in, frames out, and its going. */
import { type Bytes, copyBytes } from '@fairground/ledger';
import { type DocumentName, limits } from '@fairground/protocol';
import type { RawData } from 'ws';
import type { Audience } from '../docs/audience.ts';
import type { DocConnection } from '../docs/connection.ts';
import type { DocHub } from '../docs/docHub.ts';
import type { DocRoom } from '../docs/docRoom.ts';
import { asksForAll, awarenessFrame, isWholeDocument } from '../docs/frames.ts';
import type { Clock } from '../ports.ts';
import { createFrameGuard } from './frameGuard.ts';
import { type Rates, createBudget } from './rates.ts';
import type { RoomBook } from './roomBook.ts';
import type { Guest } from './sockets.ts';
import { wireFrame } from './wireFrame.ts';

export interface DocSocketDeps {
  readonly clock: Clock;
  readonly docs: DocHub;
  readonly rooms: RoomBook;
  readonly rates: Rates;
  readonly audience: Audience;
}

const keepAlive = awarenessFrame([]);
// Stock clients hang up after 30 s without a message; heartbeats are 10 s apart, so none waits longer than 18.
const quietMs = 8_000;

export function serveDocument(
  { clock, docs, rooms, rates, audience }: DocSocketDeps,
  guest: Guest,
  name: DocumentName,
): void {
  const may = rooms.mayReadDocument(name, guest.cap);
  if (!may.ok) return guest.close(may.code);
  const { socket, who } = guest;
  const guard = createFrameGuard(clock);
  const syncs = createBudget(clock, limits.syncs);
  const early: Bytes[] = [];
  let room: DocRoom | undefined;
  let lastSent = clock.now();
  /** Bytes of a whole document that may still be on their way: a large one is no reason to send its reader away. */
  let document = 0;

  const connection: DocConnection = {
    ...(who ? { who } : {}),
    send(frame) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount <= limits.bufferedBytes.max) document = 0;
      if (socket.bufferedAmount > limits.bufferedBytes.max + document) return guest.close('slow_reader');
      if (isWholeDocument(frame)) {
        if (rates.take(limits.syncBytes, guest.address, frame.length) !== undefined)
          return guest.close('rate_limited');
        document = Math.max(document, frame.length);
      }
      lastSent = clock.now();
      // Nothing else is on its way in `ws` itself: without compression it writes at once.
      guest.request.socket.write(wireFrame(frame));
    },
    close: guest.close,
  };

  guest.onBeat = () => {
    if (clock.now() - lastSent >= quietMs) connection.send(keepAlive);
  };

  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (socket.readyState !== socket.OPEN) return;
    const frame = guard(data, isBinary);
    if (!frame.ok) return guest.close(frame.code);
    if (asksForAll(frame.bytes) && syncs.take() !== undefined) return guest.close('rate_limited');
    if (room) room.receive(connection, frame.bytes);
    else early.push(copyBytes(frame.bytes)); // a view would keep all that came with it
  });

  socket.on('close', () => {
    if (!room) return;
    docs.leave(name, room, connection);
    audience.went(name);
  });

  docs.join(name, connection).then(
    (joined) => {
      if (socket.readyState > socket.OPEN) return docs.leave(name, joined, connection);
      room = joined;
      audience.came(name);
      for (const frame of early.splice(0)) joined.receive(connection, frame);
      return undefined;
    },
    () => guest.close('storage_failed'),
  );
}
