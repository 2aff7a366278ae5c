/** What is read from a log in SQLite, synchronously. */
import { type Bytes, type Cbor, decodeCbor, unwrap } from '@fairground/ledger';
import type { DatabaseSync } from 'node:sqlite';
import type {
  BatchRow,
  HaltRow,
  IntentRow,
  RoomRow,
  SealedRow,
  SegmentRow,
  SnapshotRow,
  SupplyRow,
  WorldPlan,
  WorldRow,
} from './ports.ts';
import {
  toBatchRow,
  toBytes,
  toHaltRow,
  toIntentRow,
  toRoomRow,
  toSegmentRow,
  toSnapshotRow,
  toWorldRow,
} from './rows.ts';
import { type Prepare, statementCache } from './statements.ts';

export interface LogReads {
  plan(host: Bytes, nonce: Bytes): WorldPlan | undefined;
  worlds(): readonly WorldRow[];
  world(world: Bytes): WorldRow | undefined;
  rooms(): readonly RoomRow[];
  entries(world: Bytes, from: number, to: number): readonly Bytes[];
  intent(world: Bytes, hash: Bytes): IntentRow | undefined;
  head(world: Bytes, key: Bytes): IntentRow | undefined;
  batches(world: Bytes, from: number): readonly BatchRow[];
  tiles(world: Bytes, level: number, from: number, to: number): readonly Bytes[];
  snapshot(world: Bytes, hash?: Bytes): SnapshotRow | undefined;
  snapshots(world: Bytes): readonly number[];
  sealed(world: Bytes): readonly SealedRow[];
  supplies(world: Bytes): readonly SupplyRow[];
  segments(world: Bytes): readonly SegmentRow[];
  document(name: string): Bytes | undefined;
  halt(world: Bytes): HaltRow | undefined;
}

const selectWorld = 'SELECT world.*, hidden.secret.secret FROM world JOIN hidden.secret USING (world)';
/** The rows of one world of a table, by the world's id. */
const of = (table: string) => `FROM ${table} WHERE world = (SELECT no FROM world WHERE world = ?)`;

export function logReads(db: DatabaseSync): LogReads {
  const sql = statementCache(db);
  const one = <T>(query: string, to: (row: Record<string, unknown>) => T, ...values: (Bytes | string)[]) => {
    const row = sql(query).get(...values);
    return row && to(row);
  };
  return {
    plan: (host, nonce) => readPlan(sql, host, nonce),
    worlds: () => sql(`${selectWorld} ORDER BY no`).all().map(toWorldRow),
    world: (world) => one(`${selectWorld} WHERE world = ?`, toWorldRow, world),
    rooms: () => sql('SELECT * FROM room').all().map(toRoomRow),
    entries: (world, from, to) =>
      sql(`SELECT bytes ${of('entry')} AND idx >= ? AND idx < ? ORDER BY idx`)
        .all(world, from, to)
        .map(({ bytes }) => toBytes(bytes)),
    intent: (world, hash) => one(`SELECT * ${of('intent')} AND hash = ?`, toIntentRow, world, hash),
    head: (world, key) =>
      one(`SELECT * ${of('intent')} AND key = ? ORDER BY seq DESC LIMIT 1`, toIntentRow, world, key),
    batches: (world, from) =>
      sql(`SELECT * ${of('batch')} AND first >= ? ORDER BY first`)
        .all(world, from)
        .map(toBatchRow),
    tiles: (world, level, from, to) =>
      sql(`SELECT bytes ${of('tile')} AND level = ? AND n >= ? AND n < ? ORDER BY n`)
        .all(world, level, from, to)
        .map(({ bytes }) => toBytes(bytes)),
    snapshot: (world, hash) =>
      hash
        ? one(`SELECT * ${of('snapshot')} AND hash = ?`, toSnapshotRow, world, hash)
        : one(`SELECT * ${of('snapshot')} ORDER BY idx DESC LIMIT 1`, toSnapshotRow, world),
    snapshots: (world) =>
      sql(`SELECT idx ${of('snapshot')} ORDER BY idx`)
        .all(world)
        .map(({ idx }) => Number(idx)),
    sealed: (world) =>
      sql(`SELECT lot, idx ${of('sealed')} ORDER BY lot, idx`)
        .all(world)
        .map(({ lot, idx }) => ({ lot: Number(lot), index: Number(idx) })),
    supplies: (world) => readSupplies(sql, world),
    segments: (world) =>
      sql(`SELECT * ${of('segment')} ORDER BY n`)
        .all(world)
        .map(toSegmentRow),
    document: (name) => one('SELECT state FROM document WHERE name = ?', ({ state }) => toBytes(state), name),
    halt: (world) => one(`SELECT * ${of('halt')}`, toHaltRow, world),
  };
}

function readPlan(sql: Prepare, host: Bytes, nonce: Bytes): WorldPlan | undefined {
  const created = sql('SELECT * FROM creation WHERE host = ? AND nonce = ?').get(host, nonce);
  if (!created) return undefined;
  const row = sql(`${selectWorld} WHERE world = ?`).get(toBytes(created['world']));
  if (!row) return undefined;
  const { world, game, version, genesis, secret, at } = toWorldRow(row);
  const request = toBytes(created['request']);
  const room = ownCbor(created['room']) as unknown as RoomRow;
  return {
    world,
    game,
    version,
    genesis,
    secret,
    room,
    create: { host, nonce, request },
    at,
  };
}

function readSupplies(sql: Prepare, world: Bytes): readonly SupplyRow[] {
  const rows = sql('SELECT what, idx, value FROM hidden.supply WHERE world = ? ORDER BY what, idx').all(
    world,
  );
  return rows.map(({ what, idx, value }) => ({
    what: String(what),
    index: Number(idx),
    value: ownCbor(value),
  }));
}

/** What this store has encoded itself. */
function ownCbor(column: unknown): Cbor {
  return unwrap(decodeCbor(toBytes(column)));
}
