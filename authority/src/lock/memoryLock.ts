/** A lock in memory, for tests and simulations; it may be handed to a second authority as if it had restarted. */
import { bytesToHex } from '@fairground/ledger';
import type { Lock, LockRow } from '../store/ports.ts';

export function openMemoryLock(): Lock {
  const newest = new Map<string, LockRow>();
  return {
    read: async () => [...newest.values()],
    write: async (rows) => {
      for (const row of rows) newest.set(bytesToHex(row.world), row);
    },
    close: async () => {},
  };
}
