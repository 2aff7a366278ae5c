/** `directory`: the open lobbies and matches of listed rooms. Durable before it is shown, so that a restart never falls behind its readers. */
import { type Bytes, equalBytes } from '@fairground/ledger';
import { DIRECTORY_ROOMS, type DirectoryEntry, type RoomId } from '@fairground/protocol';
import * as Y from 'yjs';
import type { Clock, Log } from '../ports.ts';
import type { LogStore } from '../store/ports.ts';

export interface DirectoryDeps {
  readonly store: Pick<LogStore, 'document' | 'putDocument'>;
  readonly clock: Clock;
  readonly log: Log;
  send(update: Bytes): void;
}

export interface Directory {
  /** Shows a room, or takes it down; soon, and together with what else changes meanwhile. */
  set(room: RoomId, entry: DirectoryEntry | undefined): void;
  /** Takes down all rooms but these. */
  keepOnly(rooms: ReadonlySet<string>): void;
  /** All that is durable. */
  state(): Bytes;
  /** Writes what is waiting. */
  flush(): Promise<void>;
}

const DIRECTORY = 'directory';
const settleMs = 250;
const retryMs = 2000;

/** Goes on from what was shown before the restart. */
export async function openDirectory(deps: DirectoryDeps): Promise<Directory> {
  const doc = new Y.Doc();
  const stored = await deps.store.document(DIRECTORY);
  if (stored) Y.applyUpdate(doc, stored);
  const rooms = doc.getMap<DirectoryEntry>(DIRECTORY_ROOMS);
  const changes = new Map<string, DirectoryEntry | undefined>();
  let durable = Y.encodeStateAsUpdate(doc);
  let isWaiting = false;
  let writing = Promise.resolve();

  function wake(ms: number): void {
    if (isWaiting) return;
    isWaiting = true;
    deps.clock.setTimer(ms, () => {
      isWaiting = false;
      void flush();
    });
  }

  function flush(): Promise<void> {
    writing = writing.then(write).catch((fault: unknown) => {
      deps.log.error({ fault }, 'the directory could not be stored');
      wake(retryMs);
    });
    return writing;
  }

  /** What could not be stored is in the document, and goes out with the next write that can. */
  async function write(): Promise<void> {
    doc.transact(() => applyChanges(rooms, changes));
    const state = Y.encodeStateAsUpdate(doc);
    const update = Y.encodeStateAsUpdate(doc, Y.encodeStateVectorFromUpdate(durable));
    if (equalBytes(state, durable)) return;
    await deps.store.putDocument(DIRECTORY, state);
    durable = state;
    deps.send(update);
  }

  return {
    set(room, entry) {
      changes.set(room, entry);
      wake(settleMs);
    },
    keepOnly(kept) {
      for (const room of rooms.keys()) if (!kept.has(room)) changes.set(room, undefined);
      if (changes.size > 0) wake(settleMs);
    },
    state: () => durable,
    flush,
  };
}

function applyChanges(rooms: Y.Map<DirectoryEntry>, changes: Map<string, DirectoryEntry | undefined>): void {
  for (const [room, entry] of changes) {
    if (!entry) rooms.delete(room);
    else if (JSON.stringify(rooms.get(room)) !== JSON.stringify(entry)) rooms.set(room, entry);
  }
  changes.clear();
}
