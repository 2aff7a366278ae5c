/** Open lobbies, as the authority lists them. */
import { DIRECTORY_ROOMS, DirectoryEntry } from '@fairground/protocol';
import type { DocumentStatus, OpenDocument } from './document.ts';
import { createLive, type Live } from './live.ts';

export interface Directory {
  readonly rooms: Live<readonly DirectoryEntry[]>;
  readonly status: Live<DocumentStatus>;
  reconnect(): void;
  close(): void;
}

/** Newest first. Entries that do not fit the schema are left out. */
export function createDirectory(document: OpenDocument): Directory {
  const map = document.doc.getMap<unknown>(DIRECTORY_ROOMS);
  const rooms = createLive<readonly DirectoryEntry[]>([]);
  map.observe(() => {
    const entries = [...map.values()].map((value) => DirectoryEntry.safeParse(value));
    const listed = entries.filter((entry) => entry.success).map((entry) => entry.data);
    rooms.set(listed.sort((a, b) => b.openedAt - a.openedAt || (a.room < b.room ? -1 : 1)));
  });
  return { rooms, status: document.status, reconnect: document.reconnect, close: document.close };
}
