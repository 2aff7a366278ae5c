/** Every question and change the store's worker can be asked, as plain synchronous functions over the open database. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Bytes } from '@fairground/ledger';
import { type Cap, type Code, type RoomId, type Visibility, type WorldId } from '@fairground/protocol';
import type {
  CosignedHead,
  DocWrite,
  HeirRecord,
  LogFile,
  RoomRecord,
  SegmentRecord,
  StoredDoc,
  StoredMail,
  StoredRooms,
  WorldRecord,
} from './ports.ts';

type Row = Record<string, SQLOutputValue>;

export type StoreOps = ReturnType<typeof createStoreOps>;

export function createStoreOps(database: DatabaseSync) {
  return {
    ...docOps(database),
    ...mailOps(database),
    ...fileOps(database),
    ...roomOps(database),
    ...segmentOps(database),
    ...cosignedOps(database),
    ...probeOps(database),
  };
}

/** They change nothing, so they need no room on the disk. */
export const READS: ReadonlySet<string> = new Set<keyof StoreOps>([
  'docsLoad',
  'mailPending',
  'mailLastId',
  'filesGet',
  'roomsAll',
  'segmentsGet',
  'cosignedLatest',
]);

/** One row, another value each time: SQLite writes no page that stays the same. */
function probeOps(database: DatabaseSync) {
  const write = database.prepare('insert or replace into probes (id, value) values (0, random())');
  return {
    probe(): void {
      write.run();
    },
  };
}

function docOps(database: DatabaseSync) {
  const insert = database.prepare('insert into updates (name, bytes) values (?, ?)');
  const bind = database.prepare('insert or ignore into clients (name, client, key) values (?, ?, ?)');
  const updates = database.prepare('select bytes from updates where name = ? order by seq');
  const clients = database.prepare('select client, key from clients where name = ?');
  const nth = database.prepare('select seq from updates where name = ? order by seq limit 1 offset ?');
  const replace = database.prepare('update updates set bytes = ? where seq = ?');
  const cut = database.prepare('delete from updates where name = ? and seq < ?');
  const dropUpdates = database.prepare('delete from updates where name = ?');
  const dropClients = database.prepare('delete from clients where name = ?');
  return {
    docsAppend(batch: readonly DocWrite[]): void {
      for (const { name, update, clients: bindings } of batch) {
        insert.run(name, update);
        for (const { client, key } of bindings) bind.run(name, client, key);
      }
    },
    docsLoad(name: string): StoredDoc | undefined {
      const rows = updates.all(name);
      if (rows.length === 0) return undefined;
      return {
        updates: rows.map((row) => blob(row, 'bytes')),
        clients: clients.all(name).map((row) => ({ client: int(row, 'client'), key: blob(row, 'key') })),
      };
    },
    docsCompact(name: string, count: number, state: Bytes): void {
      const last = count > 0 ? nth.get(name, count - 1) : undefined;
      if (!last) return;
      const seq = int(last, 'seq');
      replace.run(state, seq);
      cut.run(name, seq);
    },
    docsReset(name: string, update: Bytes): void {
      dropUpdates.run(name);
      dropClients.run(name);
      insert.run(name, update);
    },
  };
}

function mailOps(database: DatabaseSync) {
  const insert = database.prepare(
    'insert or replace into mail (id, world, key, hash, bytes, sig, seen, seenSig, rtt) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const remove = database.prepare('delete from mail where id = ?');
  const all = database.prepare('select * from mail order by id');
  const last = database.prepare(
    "select coalesce((select seq from sqlite_sequence where name = 'mail'), 0) as id",
  );
  return {
    mailPut({ id, world, key, hash, bytes, sig, seen, rtt }: StoredMail): void {
      insert.run(id, world, key, hash, bytes, sig, seen.bytes, seen.sig, rtt ?? null);
    },
    mailDone(id: number): void {
      remove.run(id);
    },
    mailPending: (): readonly StoredMail[] => all.all().map(toMail),
    mailLastId: (): number => int(last.get() ?? {}, 'id'),
  };
}

function toMail(row: Row): StoredMail {
  const rtt = row['rtt'];
  return {
    id: int(row, 'id'),
    world: blob(row, 'world'),
    key: blob(row, 'key'),
    hash: blob(row, 'hash'),
    bytes: blob(row, 'bytes'),
    sig: blob(row, 'sig'),
    seen: { bytes: blob(row, 'seen'), sig: blob(row, 'seenSig') },
    ...(typeof rtt === 'number' ? { rtt } : {}),
  };
}

function fileOps(database: DatabaseSync) {
  const insert = database.prepare(
    'insert or replace into files (world, path, bytes, immutable) values (?, ?, ?, ?)',
  );
  const one = database.prepare('select bytes, immutable from files where world = ? and path = ?');
  return {
    filesPut(files: readonly LogFile[]): void {
      for (const { world, path, bytes, immutable } of files)
        insert.run(world, path, bytes, immutable ? 1 : 0);
    },
    filesGet(world: WorldId, path: string): LogFile | undefined {
      const row = one.get(world, path);
      return row && { world, path, bytes: blob(row, 'bytes'), immutable: int(row, 'immutable') === 1 };
    },
  };
}

function roomOps(database: DatabaseSync) {
  const putRoom = database.prepare(
    'insert or replace into rooms (room, authority, visibility, cap, code, world, game, title) values (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const putWorld = database.prepare(
    'insert or replace into worlds (world, room, authority, origin) values (?, ?, ?, ?)',
  );
  const putHeir = database.prepare('insert or replace into heirs (key, heir) values (?, ?)');
  const rooms = database.prepare('select * from rooms');
  const worlds = database.prepare('select * from worlds');
  const heirs = database.prepare('select * from heirs');
  return {
    roomsPutRoom({ room, authority, visibility, cap, code, world, game, title }: RoomRecord): void {
      putRoom.run(room, authority, visibility, cap, code, world, game, title);
    },
    roomsPutWorld({ world, room, authority, origin }: WorldRecord): void {
      putWorld.run(world, room, authority, origin);
    },
    roomsPutHeir: ({ key, heir }: HeirRecord): void => void putHeir.run(key, heir),
    roomsAll: (): StoredRooms => ({
      rooms: rooms.all().map(toRoom),
      worlds: worlds.all().map(toWorld),
      heirs: heirs.all().map((row) => ({ key: blob(row, 'key'), heir: blob(row, 'heir') })),
    }),
  };
}

// Rows are ours: the ids in them were parsed before they were written.
function toRoom(row: Row): RoomRecord {
  return {
    room: text(row, 'room') as RoomId,
    authority: blob(row, 'authority'),
    visibility: text(row, 'visibility') as Visibility,
    cap: row['cap'] === null ? null : (text(row, 'cap') as Cap),
    code: row['code'] === null ? null : (text(row, 'code') as Code),
    world: text(row, 'world') as WorldId,
    game: text(row, 'game'),
    title: text(row, 'title'),
  };
}

function toWorld(row: Row): WorldRecord {
  return {
    world: text(row, 'world') as WorldId,
    room: text(row, 'room') as RoomId,
    authority: blob(row, 'authority'),
    origin: text(row, 'origin'),
  };
}

function segmentOps(database: DatabaseSync) {
  const insert = database.prepare(
    'insert or replace into segments (docId, world, n, bytes) values (?, ?, ?, ?)',
  );
  const one = database.prepare('select * from segments where docId = ?');
  return {
    segmentsPut({ docId, world, n, bytes }: SegmentRecord): void {
      insert.run(docId, world, n, bytes);
    },
    segmentsGet(docId: string): SegmentRecord | undefined {
      const row = one.get(docId);
      return (
        row && { docId, world: text(row, 'world') as WorldId, n: int(row, 'n'), bytes: blob(row, 'bytes') }
      );
    },
  };
}

function cosignedOps(database: DatabaseSync) {
  const one = database.prepare('select size, root from cosigned where origin = ?');
  const put = database.prepare('insert or replace into cosigned (origin, size, root) values (?, ?, ?)');
  const latest = (origin: string): CosignedHead | undefined => {
    const row = one.get(origin);
    return row && { origin, size: int(row, 'size'), root: blob(row, 'root') };
  };
  return {
    cosignedLatest: latest,
    cosignedAdvance({ origin, size, root }: CosignedHead, from: number): boolean {
      if ((latest(origin)?.size ?? 0) !== from) return false;
      put.run(origin, size, root);
      return true;
    },
  };
}

function blob(row: Row, column: string): Bytes {
  const value = row[column];
  if (value instanceof Uint8Array) return value;
  throw new Error(`${column} is no blob`);
}

function int(row: Row, column: string): number {
  const value = row[column];
  if (typeof value === 'number') return value;
  throw new Error(`${column} is no integer`);
}

function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value === 'string') return value;
  throw new Error(`${column} is no text`);
}
