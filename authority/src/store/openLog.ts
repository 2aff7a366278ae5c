/** Opens the SQLite files of a log: WAL, and an fsync a commit. */
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { migrateLog } from './schema.ts';

export const LOG_FILE = 'log.sqlite';
/** World secrets and what suppliers gave (right answers among it): keep it out of backups that others see. */
export const SECRETS_FILE = 'secrets.sqlite';

export function openLog(folder: string): DatabaseSync {
  const db = new DatabaseSync(join(folder, LOG_FILE));
  db.prepare('ATTACH DATABASE ? AS hidden').run(join(folder, SECRETS_FILE));
  for (const schema of ['main', 'hidden']) {
    db.exec(`PRAGMA ${schema}.journal_mode = WAL; PRAGMA ${schema}.synchronous = FULL;`);
  }
  migrateLog(db);
  return db;
}

export function inTransaction<T>(db: DatabaseSync, act: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = act();
    db.exec('COMMIT');
    return result;
  } catch (fault) {
    // A COMMIT that failed for want of disk space has already rolled back.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw fault;
  }
}
