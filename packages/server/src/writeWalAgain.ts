/**
 * After a sync that failed the kernel may count pages as written that are not on the disk. A process that goes on writes them again,
 * for SQLite takes nothing of a failed commit for granted. One that was killed leaves them in the page cache, where the next process
 * would find a whole commit, believe it, and sign it; a power cut then takes it away. So before anything in a write-ahead log is
 * believed it is written again, byte for byte, and synced.
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Of the database at `path`. Does nothing while another process has it open: that one did it when it started. Throws if it cannot be synced. */
export function writeWalAgain(path: string): void {
  const wal = `${path}-wal`;
  if (!existsSync(wal)) return;
  const alone = new DatabaseSync(path);
  try {
    if (!isTaken(alone)) rewrite(wal);
  } finally {
    alone.close();
  }
}

/** False when nobody else has it open: then nobody else can open it till it is closed. */
function isTaken(db: DatabaseSync): boolean {
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; ROLLBACK;');
    return false;
  } catch {
    return true;
  }
}

/** The same bytes in the same place: whatever part of it reaches the disk, it stays what it is. */
export function rewrite(file: string): void {
  const fd = openSync(file, 'r+');
  try {
    const bytes = readFileSync(fd);
    for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done, bytes.length - done, done);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
