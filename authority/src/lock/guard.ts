/** Two processes must not sign with one key: the first holds an exclusive lock that the kernel gives back however it ends. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface Guard {
  release(): void;
}

/** Throws with a sentence if another process holds it, or the folder cannot be used. */
export function holdGuard(folder: string): Guard {
  makeFolder(folder);
  const db = new DatabaseSync(join(folder, 'running.sqlite'));
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS held (x); COMMIT;');
  } catch {
    db.close();
    throw new Error(
      `Another authority with this key is running (it holds ${folder}). Stop it first, or use another DATA_DIR.`,
    );
  }
  return { release: () => db.close() };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (fault) {
    throw new Error(
      `LOCK_DIR cannot be used (${fault instanceof Error ? fault.message : String(fault)}): write the path of a folder outside DATA_DIR that may be written.`,
    );
  }
}
