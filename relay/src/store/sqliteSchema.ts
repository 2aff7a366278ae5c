/** Tables of the relay's one SQLite file; opened only in the store's worker thread. */
import { DatabaseSync } from 'node:sqlite';
import { writeWalAgain } from '@fairground/server';

const schema = `
  create table if not exists updates (seq integer primary key autoincrement, name text not null, bytes blob not null) strict;
  create index if not exists updates_by_name on updates (name, seq);
  create table if not exists clients (name text not null, client integer not null, key blob not null, primary key (name, client)) strict, without rowid;
  create table if not exists mail (id integer primary key autoincrement, world blob not null, key blob not null, hash blob not null,
    bytes blob not null, sig blob not null, seen blob not null, seenSig blob not null, rtt integer) strict;
  create table if not exists files (world text not null, path text not null, bytes blob not null, immutable integer not null,
    primary key (world, path)) strict;
  create table if not exists rooms (room text primary key, authority blob not null, visibility text not null, cap text, code text,
    world text not null, game text not null, title text not null) strict;
  create table if not exists probes (id integer primary key, value integer not null) strict;
  create table if not exists worlds (world text primary key, room text not null, authority blob not null, origin text not null) strict;
  create table if not exists heirs (key blob primary key, heir blob not null) strict;
  create table if not exists cosigned (origin text primary key, size integer not null, root blob not null) strict;
  create table if not exists segments (docId text primary key, world text not null, n integer not null, bytes blob not null) strict;
`;

/** WAL with a sync at each commit: what was acknowledged survives a power cut. */
export function openDatabase(path: string): DatabaseSync {
  writeWalAgain(path);
  const database = new DatabaseSync(path);
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 2000;');
  // One transaction: each statement alone would be synced to disk alone.
  database.exec(`begin immediate; ${schema} commit;`);
  return database;
}
