/** Two processes must not sign with one key: the first holds an exclusive lock that the kernel gives back however it ends. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface Guard {
  release(): void;
}

/** Throws with a sentence if another process holds it. */
export function holdGuard(folder: string): Guard {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
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
