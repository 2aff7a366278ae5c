/** Opens the SQLite files of a log: WAL, and an fsync a commit. */
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeWalAgain } from '@fairground/server';
import { LOG_VERSION, migrateLog } from './schema.ts';

export const LOG_FILE = 'log.sqlite';
/** World secrets and what suppliers gave (right answers among it): keep it out of backups that others see. */
export const SECRETS_FILE = 'secrets.sqlite';

export function openLog(folder: string): DatabaseSync {
  for (const name of [LOG_FILE, SECRETS_FILE]) closeSync(openSync(join(folder, name), 'a', 0o600));
  for (const name of [LOG_FILE, SECRETS_FILE]) writeWalAgain(join(folder, name));
  const db = new DatabaseSync(join(folder, LOG_FILE));
  db.prepare('ATTACH DATABASE ? AS hidden').run(join(folder, SECRETS_FILE));
  for (const schema of ['main', 'hidden']) {
    db.exec(`PRAGMA ${schema}.journal_mode = WAL; PRAGMA ${schema}.synchronous = FULL;`);
  }
  migrateLog(db);
  return db;
}

/**
 * For whoever only looks. Throws if there is no log, or one of another version.
 * `immutable`: nobody writes and there is no WAL, so SQLite locks nothing and makes no file beside it; if not so, what is read is worthless.
 */
export function openLogToRead(folder: string, mode: 'shared' | 'immutable' = 'shared'): DatabaseSync {
  const [log, secrets] = [LOG_FILE, SECRETS_FILE].map((name) => addressOf(join(folder, name), mode));
  const db = new DatabaseSync(log ?? '', { readOnly: true });
  db.prepare('ATTACH DATABASE ? AS hidden').run(secrets ?? '');
  const version = Number(db.prepare('PRAGMA main.user_version').get()?.['user_version']);
  if (version === LOG_VERSION) return db;
  db.close();
  throw new Error(
    `The log has format ${version}, and this program knows ${LOG_VERSION}: use the program that wrote it.`,
  );
}

function addressOf(path: string, mode: 'shared' | 'immutable'): string {
  return mode === 'shared' ? path : `${pathToFileURL(path).href}?immutable=1`;
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
