import { type IDBPDatabase, openDB } from 'idb';
import { type Connection, createConnection } from './connection.ts';
import type { Row, Same, Storage, Table } from './storage.ts';
import { createWord } from './word.ts';

const tables: readonly Table[] = ['identity', 'outbox', 'secrets', 'caps', 'logs'];
const VERSION = 3;
/** How long an older page may hold up a newer schema, ms. */
const PATIENCE_MS = 5_000;

/**
 * Keeps everything in one IndexedDB database, and tells the device's other pages and its worker of changed rows. Rejects where the browser
 * allows none (some private windows), or an older page does not let go: fall back to memory and say so.
 */
export async function openIndexedDbStorage(
  name = 'fairground',
  patienceMs: number = PATIENCE_MS,
): Promise<Storage> {
  const connection = createConnection((onClosed) => open({ name, patienceMs, onClosed }));
  await connection.use(async () => {});
  return createStorage(connection, name);
}

function createStorage({ use }: Connection, name: string): Storage {
  const word = createWord(`${name}/rows`);
  return {
    get: (table, key) => use((db) => db.get(table, key)),
    async put(table, key, value) {
      await use((db) => db.put(table, value, key));
      word.say(table, [key]);
    },
    async add(table, key, value) {
      const isNew = await use((db) => isDone(db.add(table, value, key)));
      if (isNew) word.say(table, [key]);
      return isNew;
    },
    async delete(table, key) {
      await use((db) => db.delete(table, key));
      word.say(table, [key]);
    },
    list: (table, prefix) => use((db) => list(db, table, prefix)),
    async swap(table, was, becomes, same) {
      const isSwapped = await use((db) => swap(db, table, { was, becomes, same }));
      if (isSwapped)
        word.say(
          table,
          [...was, ...becomes].map(([key]) => key),
        );
      return isSwapped;
    },
    watch: word.hear,
    isKept: () => true,
  };
}

interface Opening {
  readonly name: string;
  readonly patienceMs: number;
  onClosed(): void;
}

/** A newer version of the app may have made the schema newer: whatever version is there will do, as long as our tables are in it. */
async function open(opening: Opening): Promise<IDBPDatabase> {
  const db = await openVersion(opening, VERSION).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'VersionError')
      return openVersion(opening, undefined);
    throw error;
  });
  if (tables.every((table) => db.objectStoreNames.contains(table))) return db;
  db.close();
  throw new Error(`the database ${opening.name} lacks tables of this version`);
}

function openVersion(
  { name, patienceMs, onClosed }: Opening,
  version: number | undefined,
): Promise<IDBPDatabase> {
  return new Promise((resolve, reject) => {
    openDB(name, version, {
      upgrade(database) {
        for (const table of tables)
          if (!database.objectStoreNames.contains(table)) database.createObjectStore(table);
      },
      blocked: () => void setTimeout(() => reject(new Error('an older page does not let go')), patienceMs),
      // Another tab wants a newer schema: let go, so that it is not blocked for ever.
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
        onClosed();
      },
      terminated: onClosed,
    }).then(resolve, reject);
  });
}

async function list(db: IDBPDatabase, table: Table, prefix: string): Promise<Row[]> {
  const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  const transaction = db.transaction(table);
  const [keys, values] = await Promise.all([
    transaction.store.getAllKeys(range),
    transaction.store.getAll(range),
  ]);
  return keys.map((key, i) => [String(key), values[i]] as const);
}

interface Swap {
  readonly was: readonly Row[];
  readonly becomes: readonly Row[];
  readonly same: Same;
}

/** One transaction: what is refused in the middle of it undoes all of it. */
async function swap(db: IDBPDatabase, table: Table, { was, becomes, same }: Swap): Promise<boolean> {
  const transaction = db.transaction(table, 'readwrite');
  const { store, done } = transaction;
  // Awaited below; here only so that no other failure leaves it unheard.
  done.catch(() => {});
  try {
    const now = await Promise.all(was.map(([key]) => store.get(key)));
    if (!was.every(([, value], i) => now[i] !== undefined && same(now[i], value))) return false;
    const takenOut = was.map(([key]) => store.delete(key));
    // Should the next line throw, nobody waits for these.
    for (const each of takenOut) each.catch(() => {});
    const putIn = becomes.map(([key, value]) => store.add(value, key));
    const isWritten = await isDone(Promise.all([...takenOut, ...putIn]));
    if (isWritten) await done;
    return isWritten;
  } catch (error) {
    // A value that cannot be stored throws before there is a request that would undo the rest.
    undo(transaction);
    throw error;
  }
}

function undo(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // it has ended
  }
}

/** False when a row was in the way. */
async function isDone(writes: Promise<unknown>): Promise<boolean> {
  try {
    await writes;
    return true;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'ConstraintError') return false;
    throw error;
  }
}
