/** SQLite's rows as ours. */
import { type Bytes, copyBytes } from '@fairground/ledger';
import type { Visibility } from '@fairground/protocol';
import type { BatchRow, HaltRow, IntentRow, RoomRow, SegmentRow, SnapshotRow, WorldRow } from './ports.ts';

export type SqlRow = Readonly<Record<string, unknown>>;

export function toBytes(value: unknown): Bytes {
  if (!(value instanceof Uint8Array)) throw new Error('a column should hold bytes');
  return copyBytes(value);
}

export function toWorldRow(row: SqlRow): WorldRow {
  return {
    world: toBytes(row['world']),
    room: toBytes(row['room']),
    game: String(row['game']),
    version: Number(row['version']),
    genesis: toBytes(row['genesis']),
    secret: toBytes(row['secret']),
    size: Number(row['size']),
    bytes: Number(row['bytes']),
    frontier: toBytes(row['frontier']),
    checkpoint: toBytes(row['checkpoint']),
    closed: row['closed'] === 1,
    at: Number(row['at']),
  };
}

export function toRoomRow(row: SqlRow): RoomRow {
  return {
    room: toBytes(row['room']),
    host: toBytes(row['host']),
    visibility: row['visibility'] as Visibility,
    cap: row['cap'] === null ? null : toBytes(row['cap']),
    code: row['code'] === null ? null : String(row['code']),
    world: toBytes(row['world']),
    game: String(row['game']),
    title: String(row['title']),
  };
}

export function toIntentRow(row: SqlRow): IntentRow {
  return {
    hash: toBytes(row['hash']),
    key: toBytes(row['key']),
    seq: Number(row['seq']),
    index: Number(row['idx']),
  };
}

export function toBatchRow(row: SqlRow): BatchRow {
  return {
    first: Number(row['first']),
    end: Number(row['until']),
    checkpoint: toBytes(row['checkpoint']),
  };
}

export function toSnapshotRow(row: SqlRow): SnapshotRow {
  return { hash: toBytes(row['hash']), index: Number(row['idx']), bytes: toBytes(row['bytes']) };
}

export function toSegmentRow(row: SqlRow): SegmentRow {
  return {
    n: Number(row['n']),
    first: Number(row['first']),
    end: Number(row['until']),
  };
}

export function toHaltRow(row: SqlRow): HaltRow {
  return {
    code: String(row['code']),
    message: String(row['message']),
    index: Number(row['idx']),
    entry: toBytes(row['entry']),
    state: toBytes(row['state']),
    at: Number(row['at']),
  };
}
