/** All documents: loaded when somebody comes, unloaded when nobody has been there for a while. */
import type { Bytes } from '@fairground/ledger';
import { documentWriters, formatDocumentName, type DocumentName } from '@fairground/protocol';
import type { Clock, Log } from '../ports.ts';
import type { DocStore } from '../store/ports.ts';
import { type Committer } from './committer.ts';
import type { DocConnection } from './connection.ts';
import { type DocRoom, createDocRoom } from './docRoom.ts';

export interface DocHub {
  /** Resolves when the connection is in; what it sends from then on goes to the room that is handed out. */
  join(name: DocumentName, connection: DocConnection): Promise<DocRoom>;
  leave(name: DocumentName, room: DocRoom, connection: DocConnection): void;
  publish(name: DocumentName, update: Bytes): Promise<void>;
  reset(name: DocumentName, update: Bytes): Promise<void>;
  readonly loaded: number;
  /** Sends everybody away and stores what is left. */
  close(): Promise<void>;
}

export interface DocHubDeps {
  readonly store: DocStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly committer: Committer;
}

const idleMs = 30_000;

interface Loaded {
  readonly name: string;
  readonly room: Promise<DocRoom>;
  cancelUnload?: (() => void) | undefined;
}

export function createDocHub({ store, clock, log, committer }: DocHubDeps): DocHub {
  const rooms = new Map<string, Loaded>();

  function load(document: DocumentName): Loaded {
    const name = formatDocumentName(document);
    const known = rooms.get(name);
    if (known) return known;
    const forget = () => {
      if (rooms.get(name) === loaded) rooms.delete(name);
    };
    const open = async () => {
      const stored = await store.load(name);
      const deps = { store, clock, committer, forget };
      return createDocRoom(deps, { name, writer: documentWriters[document.kind], stored });
    };
    const loaded: Loaded = { name, room: open() };
    loaded.room.catch((fault: unknown) => {
      log.error({ name, fault: String(fault) }, 'document could not be loaded');
      forget();
    });
    rooms.set(name, loaded);
    return loaded;
  }

  /** A room may end while it is waited for. */
  async function use(name: DocumentName): Promise<{ readonly loaded: Loaded; readonly room: DocRoom }> {
    for (;;) {
      const loaded = load(name);
      const room = await loaded.room;
      if (!room.ended) return { loaded, room };
    }
  }

  function unloadLater(loaded: Loaded, room: DocRoom): void {
    loaded.cancelUnload?.();
    loaded.cancelUnload = clock.setTimer(idleMs, () => {
      loaded.cancelUnload = undefined;
      if (room.connections > 0 || rooms.get(loaded.name) !== loaded) return;
      void committer.drain().then(() => {
        if (room.connections === 0 && rooms.get(loaded.name) === loaded && !loaded.cancelUnload)
          room.end('relay_stopping');
      });
    });
  }

  return {
    get loaded() {
      return rooms.size;
    },
    async join(name, connection) {
      const { loaded, room } = await use(name);
      loaded.cancelUnload?.();
      loaded.cancelUnload = undefined;
      room.join(connection);
      return room;
    },
    leave(name, room, connection) {
      room.leave(connection);
      const loaded = rooms.get(formatDocumentName(name));
      if (loaded && room.connections === 0) unloadLater(loaded, room);
    },
    async publish(name, update) {
      const { loaded, room } = await use(name);
      room.publish(update);
      if (room.connections === 0) unloadLater(loaded, room);
    },
    async reset(name, update) {
      const known = rooms.get(formatDocumentName(name));
      const room = await known?.room;
      await committer.drain();
      room?.end('document_reset');
      await store.reset(formatDocumentName(name), update);
    },
    async close() {
      await committer.drain();
      for (const { room, cancelUnload } of rooms.values()) {
        cancelUnload?.();
        (await room).end('relay_stopping');
      }
    },
  };
}
