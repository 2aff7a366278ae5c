/** The entries that a data folder holds, for whoever compares them with what was said of them. */
import type { Bytes } from '@fairground/ledger';
import { authorityFolder } from '../dataFolder.ts';
import { openLogToRead } from './openLog.ts';
import { logReads } from './sqliteReads.ts';

/** Of every world in the order of their making, also while an authority writes. Throws if there is no log, or one of another version. */
export function readLogs(dataDir: string): readonly (readonly Bytes[])[] {
  const db = openLogToRead(authorityFolder(dataDir));
  try {
    const reads = logReads(db);
    return reads.worlds().map(({ world, size }) => reads.entries(world, 0, size));
  } finally {
    db.close();
  }
}
