/** Pictures of the bank's questions, by the SHA-256 of their bytes; one that is there stays. */
import type { DatabaseSync } from 'node:sqlite';
import { type Bytes, bytesToHex, sha256 } from '@fairground/ledger';
import { limits, pictureType } from '@fairground/protocol';
import { inTransaction } from './transaction.ts';

/** Throws for what the relay would not serve as a picture: a bug of whoever made it. */
export function addPictures(db: DatabaseSync, pictures: Iterable<Bytes>): void {
  const insert = db.prepare('INSERT OR IGNORE INTO picture (hash, bytes) VALUES (?, ?)');
  const found = db.prepare(
    "UPDATE question SET picture = 1 WHERE picture = 2 AND json_extract(body, '$.image.hash') = ?",
  );
  inTransaction(db, () => {
    for (const bytes of pictures) {
      if (!pictureType(bytes) || bytes.length > limits.pictureBytes.max)
        throw new RangeError('addPictures: this is no picture that could be served');
      const hash = sha256(bytes);
      insert.run(hash, bytes);
      found.run(bytesToHex(hash));
    }
  });
}

export function hasPicture(db: DatabaseSync, hash: Bytes): boolean {
  return db.prepare('SELECT 1 FROM picture WHERE hash = ?').get(hash) !== undefined;
}

export function findPicture(db: DatabaseSync, hash: Bytes): Bytes | undefined {
  const row = db.prepare('SELECT bytes FROM picture WHERE hash = ?').get(hash);
  return row && (row['bytes'] as Bytes);
}
