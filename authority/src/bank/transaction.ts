/** All or nothing; a savepoint, so that a caller's transaction may lie around it. */
import type { DatabaseSync } from 'node:sqlite';

export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('SAVEPOINT bank');
  try {
    const value = work();
    db.exec('RELEASE bank');
    return value;
  } catch (error) {
    db.exec('ROLLBACK TO bank; RELEASE bank');
    throw error;
  }
}
