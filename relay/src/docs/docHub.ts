/** All documents: loaded when somebody comes, unloaded when nobody has been there for a while. */
import type { Bytes } from '@fairground/ledger';
import { type DocumentName, documentWriters, formatDocumentName } from '@fairground/protocol';
import type { Clock, Log } from '../ports.ts';
import type { DocStore } from '../store/ports.ts';
import type { Committer } from './committer.ts';
import type { DocConnection } from './connection.ts';
import { DocRoom } from './docRoom.ts';

export interface DocHubDeps {
  readonly store: DocStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly committer: Committer;
}

interface Loaded {
  readonly name: string;
  readonly room: Promise<DocRoom>;
  cancelUnload?: (() => void) | undefined;
}

const idleMs = 30_000;

export class DocHub {
  readonly #deps: DocHubDeps;
  readonly #rooms = new Map<string, Loaded>();

  constructor(deps: DocHubDeps) {
    this.#deps = deps;
  }

  get loaded(): number {
    return this.#rooms.size;
  }

  /** Resolves when the connection is in; what it sends from then on goes to the room that is handed out. */
  async join(name: DocumentName, connection: DocConnection): Promise<DocRoom> {
    const { loaded, room } = await this.#use(name);
    loaded.cancelUnload?.();
    loaded.cancelUnload = undefined;
    room.join(connection);
    return room;
  }

  leave(name: DocumentName, room: DocRoom, connection: DocConnection): void {
    room.leave(connection);
    const loaded = this.#rooms.get(formatDocumentName(name));
    if (loaded && room.connections === 0) this.#unloadLater(loaded, room);
  }

  async publish(name: DocumentName, update: Bytes): Promise<void> {
    const { loaded, room } = await this.#use(name);
    room.publish(update);
    if (room.connections === 0) this.#unloadLater(loaded, room);
  }

  async reset(document: DocumentName, update: Bytes): Promise<void> {
    const name = formatDocumentName(document);
    const room = await this.#rooms.get(name)?.room;
    await this.#deps.committer.drain();
    await this.#deps.store.reset(name, update);
    room?.end('document_reset');
  }

  /** Stores what is left and sends everybody away. */
  async close(): Promise<void> {
    await this.#deps.committer.drain();
    for (const { room, cancelUnload } of this.#rooms.values()) {
      cancelUnload?.();
      (await room).end('relay_stopping');
    }
  }

  /** A room may end while it is waited for. */
  async #use(name: DocumentName): Promise<{ readonly loaded: Loaded; readonly room: DocRoom }> {
    for (;;) {
      const loaded = this.#load(name);
      const room = await loaded.room;
      if (!room.ended) return { loaded, room };
    }
  }

  #load(document: DocumentName): Loaded {
    const name = formatDocumentName(document);
    const known = this.#rooms.get(name);
    if (known) return known;
    const loaded: Loaded = { name, room: this.#open(document, () => this.#forget(loaded)) };
    loaded.room.catch((fault: unknown) => {
      this.#deps.log.error({ name, fault: String(fault) }, 'document could not be loaded');
      this.#forget(loaded);
    });
    this.#rooms.set(name, loaded);
    return loaded;
  }

  async #open(document: DocumentName, forget: () => void): Promise<DocRoom> {
    const { store, clock, log, committer } = this.#deps;
    const name = formatDocumentName(document);
    const stored = await store.load(name);
    return new DocRoom(
      { store, clock, log, committer, forget },
      { name, writer: documentWriters[document.kind], stored },
    );
  }

  #forget(loaded: Loaded): void {
    if (this.#rooms.get(loaded.name) === loaded) this.#rooms.delete(loaded.name);
  }

  #unloadLater(loaded: Loaded, room: DocRoom): void {
    const isIdle = () =>
      room.connections === 0 && this.#rooms.get(loaded.name) === loaded && !loaded.cancelUnload;
    loaded.cancelUnload?.();
    loaded.cancelUnload = this.#deps.clock.setTimer(idleMs, () => {
      loaded.cancelUnload = undefined;
      void this.#deps.committer.drain().then(() => {
        if (isIdle()) room.end('relay_stopping');
      });
    });
  }
}
