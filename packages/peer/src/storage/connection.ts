/** An open database that is opened again when the browser or a newer page has closed it: phones close them in the background. */
import type { IDBPDatabase } from 'idb';

export interface Connection {
  use<T>(work: (db: IDBPDatabase) => Promise<T>): Promise<T>;
}

export function createConnection(open: (onClosed: () => void) => Promise<IDBPDatabase>): Connection {
  let opening: Promise<IDBPDatabase> | undefined;
  const current = (): Promise<IDBPDatabase> => {
    if (opening) return opening;
    const mine = open(() => forget(mine));
    opening = mine;
    mine.catch(() => forget(mine));
    return mine;
  };
  const forget = (closed: Promise<IDBPDatabase>) => {
    if (opening === closed) opening = undefined;
  };
  return {
    async use(work) {
      const first = current();
      try {
        return await work(await first);
      } catch (error) {
        if (!isClosed(error)) throw error;
        forget(first);
        return work(await current());
      }
    },
  };
}

/** `InvalidStateError`: closed or closing. `UnknownError`: what WebKit says when its storage process has gone. */
function isClosed(error: unknown): boolean {
  return (
    error instanceof DOMException && (error.name === 'InvalidStateError' || error.name === 'UnknownError')
  );
}
