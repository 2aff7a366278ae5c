import type { Storage, Table } from './storage.ts';

/** Forgets everything with the process: bots, tests, and the last resort where a browser allows no storage. */
export function createMemoryStorage(): Storage {
  const tables = new Map<Table, Map<string, unknown>>();
  const table = (name: Table) => {
    const found = tables.get(name) ?? new Map<string, unknown>();
    tables.set(name, found);
    return found;
  };
  return {
    async get(name, key) {
      return table(name).get(key);
    },
    async put(name, key, value) {
      table(name).set(key, value);
    },
    async add(name, key, value) {
      if (table(name).has(key)) return false;
      table(name).set(key, value);
      return true;
    },
    async delete(name, key) {
      table(name).delete(key);
    },
    async list(name, prefix) {
      return [...table(name)].filter(([key]) => key.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1));
    },
    async swap(name, was, becomes, same) {
      const rows = table(name);
      const taken = new Set(was.map(([key]) => key));
      if (!was.every(([key, value]) => rows.has(key) && same(rows.get(key), value))) return false;
      if (becomes.some(([key]) => rows.has(key) && !taken.has(key))) return false;
      for (const key of taken) rows.delete(key);
      for (const [key, value] of becomes) rows.set(key, value);
      return true;
    },
    watch: () => () => {},
    isKept: () => false,
  };
}
