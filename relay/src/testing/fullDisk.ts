/** A store on a disk that may be full: reading goes on, writing fails. */
import type { RelayStore } from '../store/ports.ts';

export interface FullDisk {
  readonly store: RelayStore;
  fill(): void;
  free(): void;
}

export function onFullDisk(store: RelayStore): FullDisk {
  let isFull = false;
  const write =
    <Args extends readonly unknown[], T>(act: (...args: Args) => Promise<T>) =>
    (...args: Args): Promise<T> =>
      isFull ? Promise.reject(new Error('database or disk is full')) : act(...args);
  const { docs, mailbox, files, rooms, segments, cosigned } = store;
  return {
    fill: () => void (isFull = true),
    free: () => void (isFull = false),
    store: {
      ...store,
      docs: { ...docs, append: write(docs.append), compact: write(docs.compact), reset: write(docs.reset) },
      mailbox: { ...mailbox, put: write(mailbox.put), done: write(mailbox.done) },
      files: { ...files, put: write(files.put) },
      rooms: {
        ...rooms,
        putRoom: write(rooms.putRoom),
        putWorld: write(rooms.putWorld),
        putHeir: write(rooms.putHeir),
      },
      segments: { ...segments, put: write(segments.put) },
      cosigned: { ...cosigned, advance: write(cosigned.advance) },
      probe: write(store.probe),
    },
  };
}
