/** A store that knows whether it can be written: reads of a full disk succeed, so only writes tell. */
import type { RelayStore } from './ports.ts';

export interface WatchedStore extends RelayStore {
  /** Whether it answers, and could be written the last time; after a write that failed it is tried again. */
  trouble(): Promise<'silent' | 'full' | undefined>;
}

export function watchStore(store: RelayStore): WatchedStore {
  let isFailing = false;
  const watch =
    <Args extends readonly unknown[], T>(write: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      try {
        const written = await write(...args);
        isFailing = false;
        return written;
      } catch (fault) {
        isFailing = true;
        throw fault;
      }
    };
  const { docs, mailbox, files, rooms, segments, cosigned } = store;
  const watched: RelayStore = {
    docs: { ...docs, append: watch(docs.append), compact: watch(docs.compact), reset: watch(docs.reset) },
    mailbox: { ...mailbox, put: watch(mailbox.put), done: watch(mailbox.done) },
    files: { ...files, put: watch(files.put) },
    rooms: {
      ...rooms,
      putRoom: watch(rooms.putRoom),
      putWorld: watch(rooms.putWorld),
      putHeir: watch(rooms.putHeir),
    },
    segments: { ...segments, put: watch(segments.put) },
    cosigned: { ...cosigned, advance: watch(cosigned.advance) },
    probe: watch(store.probe),
    close: store.close,
  };
  return {
    ...watched,
    trouble: async () => {
      const isAnswering = await mailbox.lastId().then(
        () => true,
        () => false,
      );
      if (!isAnswering) return 'silent';
      if (isFailing) await watched.probe().catch(() => {});
      return isFailing ? 'full' : undefined;
    },
  };
}
