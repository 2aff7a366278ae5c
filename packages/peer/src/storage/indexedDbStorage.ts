import { openDB } from 'idb';
import type { Storage, Table } from './storage.ts';

const tables: readonly Table[] = ['identity', 'outbox', 'secrets', 'caps', 'logs'];

/** Keeps everything in one IndexedDB database. Rejects where the browser allows none (some private windows): fall back to memory and say so. */
export async function openIndexedDbStorage(name = 'fairground'): Promise<Storage> {
  const db = await openDB(name, 3, {
    upgrade(database) {
      for (const table of tables)
        if (!database.objectStoreNames.contains(table)) database.createObjectStore(table);
    },
    // Another tab wants a newer schema: let go, so that it is not blocked for ever.
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
    },
  });
  return {
    get: (table, key) => db.get(table, key),
    async put(table, key, value) {
      await db.put(table, value, key);
    },
    async add(table, key, value) {
      try {
        await db.add(table, value, key);
        return true;
      } catch (error) {
        if (error instanceof DOMException && error.name === 'ConstraintError') return false;
        throw error;
      }
    },
    delete: (table, key) => db.delete(table, key),
    async list(table, prefix) {
      const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
      const transaction = db.transaction(table);
      const [keys, values] = await Promise.all([
        transaction.store.getAllKeys(range),
        transaction.store.getAll(range),
      ]);
      return keys.map((key, i) => [String(key), values[i]] as const);
    },
  };
}
