/** What is written to a log in SQLite, synchronously: for the thread that may wait for a disk. */
import { type Bytes, bytesToHex, encodeCbor } from '@fairground/ledger';
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './openLog.ts';
import {
  type Commit,
  type HaltRow,
  type NoteRow,
  type RoomRow,
  SizeMismatch,
  type SupplyRow,
  type WorldAppend,
  type WorldPlan,
  bytesOf,
} from './ports.ts';
import { type Prepare, statementCache } from './statements.ts';

const nothing = new Uint8Array(0);

export interface LogWrites {
  prepare(plan: WorldPlan): void;
  append(commit: Commit): void;
  putRoom(room: RoomRow): void;
  putSupply(world: Bytes, supply: SupplyRow): void;
  putDocument(name: string, state: Bytes): void;
  putHalt(world: Bytes, halt: HaltRow): void;
}

export function logWrites(db: DatabaseSync): LogWrites {
  const sql = statementCache(db);
  return {
    prepare: (plan) => prepare(db, sql, plan),
    append: (commit) =>
      inTransaction(db, () => {
        for (const world of commit.worlds) appendWorld(sql, world);
        for (const note of commit.notes) keepNote(sql, note);
      }),
    putRoom: (room) => putRoom(sql, room),
    putSupply: (world, { what, index, value }) =>
      void sql('INSERT OR REPLACE INTO hidden.supply (world, what, idx, value) VALUES (?, ?, ?, ?)').run(
        world,
        what,
        index,
        encodeCbor(value),
      ),
    putDocument: (name, state) =>
      void sql('INSERT OR REPLACE INTO document (name, state) VALUES (?, ?)').run(name, state),
    putHalt: (world, { code, message, index, entry, state, at }) =>
      void sql(
        'INSERT OR REPLACE INTO halt (world, code, message, idx, entry, state, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ).run(worldNo(sql, world), code, message, index, entry, state, at),
  };
}

/** The secret first, in a transaction of its own: it is durable before anything can be signed with what follows from it. */
function prepare(db: DatabaseSync, sql: Prepare, plan: WorldPlan): void {
  sql('INSERT INTO hidden.secret (world, secret) VALUES (?, ?)').run(plan.world, plan.secret);
  inTransaction(db, () => {
    sql(
      `INSERT INTO world (world, room, game, version, genesis, frontier, checkpoint, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(plan.world, plan.room.room, plan.game, plan.version, plan.genesis, nothing, nothing, plan.at);
    const { host, nonce, request } = plan.create;
    sql('INSERT INTO creation (host, nonce, request, world, room) VALUES (?, ?, ?, ?, ?)').run(
      host,
      nonce,
      request,
      plan.world,
      encodeCbor({ ...plan.room }),
    );
  });
}

function appendWorld(sql: Prepare, append: WorldAppend): void {
  const { world, expectedSize, entries, frontier, closed, room } = append;
  const size = expectedSize + entries.length;
  const bytes = bytesOf(entries);
  const moved = sql(
    'UPDATE world SET size = ?, bytes = bytes + ?, frontier = ?, closed = ? WHERE world = ? AND size = ?',
  ).run(size, bytes, frontier, closed ? 1 : 0, world, expectedSize);
  if (moved.changes !== 1) throw mismatch(sql, world, expectedSize);
  const no = worldNo(sql, world);
  const insertEntry = sql('INSERT INTO entry (world, idx, bytes) VALUES (?, ?, ?)');
  for (const [i, bytes] of entries.entries()) insertEntry.run(no, expectedSize + i, bytes);
  appendIndexes(sql, no, append);
  if (room) putRoom(sql, room);
}

function appendIndexes(sql: Prepare, no: number, append: WorldAppend): void {
  const { intents, sealed, opened, batches, tiles, snapshots, stale, segments } = append;
  const insertIntent = sql('INSERT INTO intent (world, hash, key, seq, idx) VALUES (?, ?, ?, ?, ?)');
  for (const { hash, key, seq, index } of intents) insertIntent.run(no, hash, key, seq, index);
  const insertSealed = sql('INSERT INTO sealed (world, lot, idx) VALUES (?, ?, ?)');
  for (const { lot, index } of sealed) insertSealed.run(no, lot, index);
  for (const lot of opened) sql('DELETE FROM sealed WHERE world = ? AND lot = ?').run(no, lot);
  const insertBatch = sql('INSERT INTO batch (world, first, until, checkpoint) VALUES (?, ?, ?, ?)');
  for (const { first, end } of batches) insertBatch.run(no, first, end, nothing);
  const insertTile = sql('INSERT INTO tile (world, level, n, bytes) VALUES (?, ?, ?, ?)');
  for (const { level, n, bytes } of tiles) insertTile.run(no, level, n, bytes);
  const insertSnapshot = sql('INSERT INTO snapshot (world, idx, hash, bytes) VALUES (?, ?, ?, ?)');
  for (const { index, hash, bytes } of snapshots) insertSnapshot.run(no, index, hash, bytes);
  for (const index of stale) sql('DELETE FROM snapshot WHERE world = ? AND idx = ?').run(no, index);
  const insertSegment = sql('INSERT INTO segment (world, n, first, until) VALUES (?, ?, ?, ?)');
  for (const { n, first, end } of segments) insertSegment.run(no, n, first, end);
}

function keepNote(sql: Prepare, { world, first, checkpoint }: NoteRow): void {
  const no = worldNo(sql, world);
  sql('UPDATE batch SET checkpoint = ? WHERE world = ? AND first = ?').run(checkpoint, no, first);
  sql('UPDATE world SET checkpoint = ? WHERE no = ?').run(checkpoint, no);
}

function putRoom(sql: Prepare, room: RoomRow): void {
  sql(
    `INSERT OR REPLACE INTO room (room, host, visibility, cap, code, world, game, title)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(room.room, room.host, room.visibility, room.cap, room.code, room.world, room.game, room.title);
}

function worldNo(sql: Prepare, world: Bytes): number {
  const row = sql('SELECT no FROM world WHERE world = ?').get(world);
  if (!row) throw new Error(`the world ${bytesToHex(world)} is not in the store`);
  return Number(row['no']);
}

function mismatch(sql: Prepare, world: Bytes, expected: number): SizeMismatch {
  const row = sql('SELECT size FROM world WHERE world = ?').get(world);
  return new SizeMismatch(bytesToHex(world), expected, row ? Number(row['size']) : -1);
}
