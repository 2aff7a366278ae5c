/** How questions have fared in a match that is closed. */
import type { DatabaseSync } from 'node:sqlite';
import type { Bytes } from '@fairground/ledger';
import type { QuestionId } from '@fairground/questions';
import { inTransaction } from './transaction.ts';

export interface FaredQuestion {
  readonly id: QuestionId;
  readonly answered: number;
  /** Of these, wholly right. */
  readonly hits: number;
}

/** Each match counts once, however often it is told. Unknown ids are passed over: the bank may have been replaced meanwhile. */
export function noteFared(db: DatabaseSync, world: Bytes, fared: readonly FaredQuestion[]): void {
  inTransaction(db, () => {
    const { changes } = db.prepare('INSERT OR IGNORE INTO counted (world) VALUES (?)').run(world);
    if (changes === 0) return;
    const add = db.prepare('UPDATE question SET answered = answered + ?, hits = hits + ? WHERE id = ?');
    for (const { id, answered, hits } of fared) add.run(answered, hits, id);
  });
}
