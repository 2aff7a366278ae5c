/** The open lobbies, live, while a page shows them. */
import type { DirectoryEntry } from '@fairground/protocol';
import { loadPeer, noteStatus } from '#lib/play/connection.svelte.ts';

export interface WatchedDirectory {
  readonly rooms: readonly DirectoryEntry[];
  /** False until the first complete sync. */
  readonly synced: boolean;
}

/** Call while a component is being set up; stops with it. */
export function watchDirectory(): WatchedDirectory {
  let rooms = $state.raw<readonly DirectoryEntry[]>([]);
  let synced = $state(false);
  $effect(() => {
    let close = () => {};
    let gone = false;
    void loadPeer().then((peer) => {
      if (gone) return;
      const directory = peer.directory();
      const stops = [
        directory.rooms.subscribe((now) => (rooms = now)),
        directory.status.subscribe((status) => {
          noteStatus(status);
          if (status === 'online') synced = true;
        }),
      ];
      close = () => {
        for (const stop of stops) stop();
        directory.close();
      };
    });
    return () => {
      gone = true;
      close();
    };
  });
  return {
    get rooms() {
      return rooms;
    },
    get synced() {
      return synced;
    },
  };
}
