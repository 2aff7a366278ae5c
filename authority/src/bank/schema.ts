/** The bank's tables, and how a file of an earlier version becomes one of this. */
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './transaction.ts';

/** Step n leads from version n to n + 1; steps that were released never change. */
const STEPS = [
  `CREATE TABLE question (
     id TEXT PRIMARY KEY,
     meaning BLOB NOT NULL UNIQUE,
     topic TEXT NOT NULL,
     language TEXT NOT NULL,
     kind TEXT NOT NULL,
     quality INTEGER NOT NULL,
     state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'flagged', 'retired')),
     body TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX question_by_topic ON question (state, topic, language, kind, quality);
   CREATE TABLE source (
     question TEXT NOT NULL REFERENCES question (id) ON DELETE CASCADE,
     name TEXT NOT NULL,
     licence TEXT NOT NULL,
     author TEXT NOT NULL,
     url TEXT NOT NULL,
     PRIMARY KEY (question, name, licence, author, url)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE asked (
     player BLOB NOT NULL,
     question TEXT NOT NULL REFERENCES question (id) ON DELETE CASCADE,
     at INTEGER NOT NULL,
     PRIMARY KEY (player, question)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE vote (
     question TEXT NOT NULL REFERENCES question (id) ON DELETE CASCADE,
     player BLOB NOT NULL,
     opinion TEXT NOT NULL CHECK (opinion IN ('rating', 'flag')),
     up INTEGER NOT NULL,
     note TEXT NOT NULL,
     latency INTEGER NOT NULL,
     at INTEGER NOT NULL,
     PRIMARY KEY (question, player, opinion)
   ) STRICT, WITHOUT ROWID;`,
  'ALTER TABLE question ADD COLUMN picture INTEGER NOT NULL DEFAULT 0;',
  // `picture` of a question: 0 it has none, 1 it is here, 2 it is not and the question cannot be asked.
  `CREATE TABLE picture (hash BLOB PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
   UPDATE question SET picture = 2 WHERE picture = 1;`,
  `ALTER TABLE question ADD COLUMN answered INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE question ADD COLUMN hits INTEGER NOT NULL DEFAULT 0;
   CREATE TABLE counted (world BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
   CREATE TABLE offered (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
   CREATE TABLE offer (mark BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;`,
  // Closed worlds whose votes and counts are in: of those that were counted both are.
  `CREATE TABLE heard (world BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
   INSERT INTO heard (world) SELECT world FROM counted;`,
];

export const BANK_VERSION = STEPS.length;

/** Brings the file to this version, each step whole or not at all. Throws for a file of a later version. */
export function migrateBank(db: DatabaseSync): void {
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > BANK_VERSION) {
    throw new Error(
      `The question bank has format ${version}, and this program knows ${BANK_VERSION}: start the program that wrote it, or a later one.`,
    );
  }
  for (const [index, step] of STEPS.entries()) {
    if (index < version) continue;
    inTransaction(db, () => db.exec(`${step} PRAGMA user_version = ${index + 1};`));
  }
}
