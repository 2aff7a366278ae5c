/** Which closed worlds the bank has taken in: each once, however often it is told. */
import type { DatabaseSync } from 'node:sqlite';
import type { Bytes } from '@fairground/ledger';
import { inTransaction } from './transaction.ts';

export function hear(db: DatabaseSync, world: Bytes, note: () => void): void {
  inTransaction(db, () => {
    const { changes } = db.prepare('INSERT OR IGNORE INTO heard (world) VALUES (?)').run(world);
    if (changes > 0) note();
  });
}

export function unheard(db: DatabaseSync, worlds: readonly Bytes[]): readonly Bytes[] {
  const find = db.prepare('SELECT 1 FROM heard WHERE world = ?');
  return worlds.filter((world) => find.get(world) === undefined);
}
