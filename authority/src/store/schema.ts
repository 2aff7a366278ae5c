/** The tables of a log, and how files of an earlier version become files of this. Secrets lie in a file of their own (`hidden`). */
import type { DatabaseSync } from 'node:sqlite';

/** Step n leads from version n to n + 1; steps that were released never change. */
const logSteps = [
  `CREATE TABLE world (
     no INTEGER PRIMARY KEY,
     world BLOB NOT NULL UNIQUE,
     room BLOB NOT NULL,
     game TEXT NOT NULL,
     version INTEGER NOT NULL,
     genesis BLOB NOT NULL,
     size INTEGER NOT NULL DEFAULT 0,
     frontier BLOB NOT NULL,
     checkpoint BLOB NOT NULL,
     closed INTEGER NOT NULL DEFAULT 0,
     at INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE room (
     room BLOB PRIMARY KEY,
     host BLOB NOT NULL,
     visibility TEXT NOT NULL,
     cap BLOB,
     code TEXT,
     world BLOB NOT NULL,
     game TEXT NOT NULL,
     title TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE creation (
     host BLOB NOT NULL,
     nonce BLOB NOT NULL,
     request BLOB NOT NULL,
     world BLOB NOT NULL,
     room BLOB NOT NULL,
     PRIMARY KEY (host, nonce)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE entry (
     world INTEGER NOT NULL,
     idx INTEGER NOT NULL,
     bytes BLOB NOT NULL,
     PRIMARY KEY (world, idx)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE intent (
     world INTEGER NOT NULL,
     hash BLOB NOT NULL,
     key BLOB NOT NULL,
     seq INTEGER NOT NULL,
     idx INTEGER NOT NULL,
     PRIMARY KEY (world, hash)
   ) STRICT, WITHOUT ROWID;
   CREATE UNIQUE INDEX intent_by_key ON intent (world, key, seq);
   CREATE TABLE batch (
     world INTEGER NOT NULL,
     first INTEGER NOT NULL,
     until INTEGER NOT NULL,
     checkpoint BLOB NOT NULL,
     PRIMARY KEY (world, first)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE tile (
     world INTEGER NOT NULL,
     level INTEGER NOT NULL,
     n INTEGER NOT NULL,
     bytes BLOB NOT NULL,
     PRIMARY KEY (world, level, n)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE snapshot (
     world INTEGER NOT NULL,
     idx INTEGER NOT NULL,
     hash BLOB NOT NULL,
     bytes BLOB NOT NULL,
     PRIMARY KEY (world, idx)
   ) STRICT;
   CREATE TABLE sealed (
     world INTEGER NOT NULL,
     lot INTEGER NOT NULL,
     idx INTEGER NOT NULL,
     PRIMARY KEY (world, lot, idx)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE segment (
     world INTEGER NOT NULL,
     n INTEGER NOT NULL,
     first INTEGER NOT NULL,
     until INTEGER NOT NULL,
     PRIMARY KEY (world, n)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE halt (
     world INTEGER PRIMARY KEY,
     code TEXT NOT NULL,
     message TEXT NOT NULL,
     idx INTEGER NOT NULL,
     entry BLOB NOT NULL,
     state BLOB NOT NULL,
     at INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE document (
     name TEXT PRIMARY KEY,
     state BLOB NOT NULL
   ) STRICT, WITHOUT ROWID;`,
  `ALTER TABLE world ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
   UPDATE world SET bytes = (SELECT coalesce(sum(length(entry.bytes)), 0) FROM entry WHERE entry.world = world.no);`,
];

const hiddenSteps = [
  `CREATE TABLE hidden.secret (
     world BLOB PRIMARY KEY,
     secret BLOB NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE hidden.supply (
     world BLOB NOT NULL,
     what TEXT NOT NULL,
     idx INTEGER NOT NULL,
     value BLOB NOT NULL,
     PRIMARY KEY (world, what, idx)
   ) STRICT, WITHOUT ROWID;`,
];

export const LOG_VERSION = logSteps.length;

/** Brings both files to this version, each step whole or not at all. Throws for files of a later version. */
export function migrateLog(db: DatabaseSync): void {
  migrate(db, 'hidden', hiddenSteps);
  migrate(db, 'main', logSteps);
}

function migrate(db: DatabaseSync, schema: 'main' | 'hidden', steps: readonly string[]): void {
  const version = Number(db.prepare(`PRAGMA ${schema}.user_version`).get()?.['user_version']);
  if (version > steps.length)
    throw new Error(
      `The data folder has format ${version}, and this program knows ${steps.length}: start the program that wrote it, or a later one.`,
    );
  for (const [i, step] of steps.entries()) {
    if (i >= version) db.exec(`BEGIN; ${step} PRAGMA ${schema}.user_version = ${i + 1}; COMMIT;`);
  }
}
