/** What a device remembers, by table and key; values are structured-clonable, so that a non-extractable key fits. */
export type Table = 'identity' | 'outbox' | 'secrets' | 'caps' | 'logs';

export interface Storage {
  get(table: Table, key: string): Promise<unknown>;
  put(table: Table, key: string, value: unknown): Promise<void>;
  /** Stores only where nothing is yet; false when something was. Two tabs race for a `seq` through this. */
  add(table: Table, key: string, value: unknown): Promise<boolean>;
  delete(table: Table, key: string): Promise<void>;
  /** All `[key, value]` whose key begins with `prefix`, sorted by key. */
  list(table: Table, prefix: string): Promise<readonly (readonly [string, unknown])[]>;
}
