/** Reads a log and leaves no trace where nobody writes it; where somebody does, as any reader of SQLite. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { LOG_FILE, openLogToRead, SECRETS_FILE } from '../store/openLog.ts';

type Read<T> = (db: DatabaseSync) => Promise<T>;

/**
 * A reader of a file in WAL mode makes `-wal` and `-shm` beside it and cannot remove them. A clean stop folds the WAL into the file, so
 * without one the file is read alone; was it touched meanwhile, somebody has started, and that reading is void whatever it said.
 */
export async function readUntouched<T>(folder: string, read: Read<T>): Promise<T> {
  if (hasWal(folder)) return readAs('shared', folder, read);
  const before = stampOf(folder);
  const [alone] = await Promise.allSettled([readAs('immutable', folder, read)]);
  if (hasWal(folder) || stampOf(folder) !== before) return readAs('shared', folder, read);
  if (alone.status === 'rejected') throw alone.reason;
  return alone.value;
}

async function readAs<T>(mode: 'shared' | 'immutable', folder: string, read: Read<T>): Promise<T> {
  const db = openLogToRead(folder, mode);
  try {
    return await read(db);
  } finally {
    db.close();
  }
}

const filesOf = (folder: string, suffix: string) =>
  [LOG_FILE, SECRETS_FILE].map((name) =>
    statSync(join(folder, name + suffix), { bigint: true, throwIfNoEntry: false }),
  );

function hasWal(folder: string): boolean {
  return filesOf(folder, '-wal').some((file) => file !== undefined);
}

/** Changes with every write. */
function stampOf(folder: string): string {
  return filesOf(folder, '')
    .map((file) => `${file?.ino} ${file?.size} ${file?.mtimeNs}`)
    .join();
}
