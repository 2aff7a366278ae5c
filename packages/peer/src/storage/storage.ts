/** What a device remembers, by table and key; values are structured-clonable, so that a non-extractable key fits. */
export type Table = 'identity' | 'outbox' | 'secrets' | 'caps' | 'logs';

export type Row = readonly [key: string, value: unknown];

export interface Storage {
  get(table: Table, key: string): Promise<unknown>;
  put(table: Table, key: string, value: unknown): Promise<void>;
  /** Stores only where nothing is yet; false when something was. Two tabs race for a `seq` through this. */
  add(table: Table, key: string, value: unknown): Promise<boolean>;
  delete(table: Table, key: string): Promise<void>;
  /** All `[key, value]` whose key begins with `prefix`, sorted by key. */
  list(table: Table, prefix: string): Promise<readonly Row[]>;
  /**
   * All or nothing, a crash included: takes the rows `was` out and puts `becomes` in. False, and nothing done, if one of `was` is not the
   * `same` any more or another row lies where one of `becomes` would.
   */
  swap(table: Table, was: readonly Row[], becomes: readonly Row[], same: Same): Promise<boolean>;
  /** Calls with the key of a row that another page or worker of this device has changed. Returns the end of it. */
  watch(table: Table, listener: (key: string) => void): () => void;
  /** False for a row that does not outlive this page. */
  isKept(table: Table, key: string): boolean;
}

/** Whether what lies there now is what was read. */
export type Same = (now: unknown, was: unknown) => boolean;
