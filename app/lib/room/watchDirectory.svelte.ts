/** The open lobbies, live, while a page shows them. */
import type { Peer } from '@fairground/peer';
import type { DirectoryEntry } from '@fairground/protocol';
import { loadPeer, noteStatus } from '#lib/play/connection.svelte.ts';

/** ms. */
const AGAIN = 3000;

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
    let again: ReturnType<typeof setTimeout> | undefined;
    // What could not be loaded is loaded anew, as long as the page is there.
    const open = () => void loadPeer().then(show, () => (again = gone ? undefined : setTimeout(open, AGAIN)));
    function show(peer: Peer) {
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
    }
    open();
    return () => {
      gone = true;
      clearTimeout(again);
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
