/** Rows that this page holds in memory because the device could not keep them; they hide what lies below. */
import type { Row, Same, Storage, Table } from './storage.ts';

export interface HeldRows {
  has(table: Table, key: string): boolean;
  hold(table: Table, key: string, value: unknown): void;
  /** It was deleted, and the device could not do it. */
  hide(table: Table, key: string): void;
  /** The device has it again. */
  drop(table: Table, key: string): void;
  get(table: Table, key: string): Promise<unknown>;
  list(table: Table, prefix: string): Promise<readonly Row[]>;
  swap(table: Table, was: readonly Row[], becomes: readonly Row[], same: Same): Promise<boolean>;
}

/** No value: deleted. */
interface Held {
  readonly value?: unknown;
}

export function createHeldRows(device: Storage): HeldRows {
  const held = new Map<string, Held>();
  const place = (table: Table, key: string) => `${table}/${key}`;
  const rows: HeldRows = {
    has: (table, key) => held.has(place(table, key)),
    hold: (table, key, value) => void held.set(place(table, key), { value }),
    hide: (table, key) => void held.set(place(table, key), {}),
    drop: (table, key) => void held.delete(place(table, key)),
    async get(table, key) {
      const here = held.get(place(table, key));
      return here ? here.value : device.get(table, key).catch(() => undefined);
    },
    async list(table, prefix) {
      const found = new Map(await device.list(table, prefix).catch((): readonly Row[] => []));
      for (const [at, { value }] of held) {
        if (!at.startsWith(place(table, prefix))) continue;
        const key = at.slice(table.length + 1);
        if (value === undefined) found.delete(key);
        else found.set(key, value);
      }
      return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
    },
    async swap(table, was, becomes, same) {
      const taken = new Set(was.map(([key]) => key));
      const now = await Promise.all(was.map(([key]) => rows.get(table, key)));
      if (!was.every(([, value], i) => now[i] !== undefined && same(now[i], value))) return false;
      const others = becomes.filter(([key]) => !taken.has(key));
      const inTheWay = await Promise.all(others.map(([key]) => rows.get(table, key)));
      if (inTheWay.some((value) => value !== undefined)) return false;
      for (const key of taken) rows.hide(table, key);
      for (const [key, value] of becomes) rows.hold(table, key, value);
      return true;
    },
  };
  return rows;
}
