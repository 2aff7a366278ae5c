/** What the authority told the relay of rooms and worlds, and who may read what. In memory, durable behind. */
import { timingSafeEqual } from 'node:crypto';
import { type Bytes, type Result, equalBytes, err, ok } from '@fairground/ledger';
import {
  type Cap,
  type Code,
  type DocumentName,
  type RoomId,
  type WorldId,
  capBytes,
} from '@fairground/protocol';
import type { RoomRecord, RoomStore, WorldRecord } from '../store/ports.ts';
import { createHeirs } from './heirs.ts';

export type AccessRefusal = 'capability_needed' | 'capability_wrong';

export interface RoomBook {
  room(room: RoomId): RoomRecord | undefined;
  world(world: WorldId): WorldRecord | undefined;
  roomByCode(code: Code): RoomRecord | undefined;
  /** Another authority's room or world is refused. */
  putRoom(room: RoomRecord): Promise<Result<void, 'not_writer'>>;
  putWorld(world: WorldRecord): Promise<Result<void, 'not_writer'>>;
  /** Rooms and worlds of `key` are `heir`'s from now on, also after a restart; both have said so. */
  inherit(key: Bytes, heir: Bytes): Promise<void>;
  /** The key that speaks for this one now; itself if it was never handed on. */
  heirOf(key: Bytes): Bytes;
  /** Keys that were handed on to this one. */
  formerOf(key: Bytes): readonly Bytes[];
  mayReadRoom(room: RoomId, cap: Cap | undefined): Result<RoomRecord, 'room_unknown' | AccessRefusal>;
  mayReadWorld(world: WorldId, cap: Cap | undefined): Result<WorldRecord, 'world_unknown' | AccessRefusal>;
  mayReadDocument(name: DocumentName, cap: Cap | undefined): Result<void, 'document_unknown' | AccessRefusal>;
  /** True when nobody needs a capability for it. */
  isPublic(world: WorldId): boolean;
}

export async function openRoomBook(store: RoomStore): Promise<RoomBook> {
  const rooms = new Map<string, RoomRecord>();
  const worlds = new Map<string, WorldRecord>();
  const codes = new Map<string, RoomRecord>();
  const stored = await store.all();
  const heirs = createHeirs(stored.heirs);
  for (const room of stored.rooms) keepRoom({ ...room, authority: heirs.heirOf(room.authority) });
  for (const world of stored.worlds)
    worlds.set(world.world, { ...world, authority: heirs.heirOf(world.authority) });

  function keepRoom(room: RoomRecord): void {
    const before = rooms.get(room.room);
    if (before?.code && codes.get(before.code)?.room === room.room) codes.delete(before.code);
    rooms.set(room.room, room);
    if (room.code) codes.set(room.code, room);
  }

  return {
    room: (room) => rooms.get(room),
    world: (world) => worlds.get(world),
    roomByCode: (code) => codes.get(code),
    async putRoom(room) {
      if (!isOwn(rooms.get(room.room), room.authority)) return err('not_writer');
      keepRoom(room);
      await store.putRoom(room);
      return ok();
    },
    async putWorld(world) {
      if (!isOwn(worlds.get(world.world), world.authority)) return err('not_writer');
      worlds.set(world.world, world);
      await store.putWorld(world);
      return ok();
    },
    async inherit(key, heir) {
      if (equalBytes(heirs.heirOf(key), heir)) return;
      heirs.note({ key, heir });
      for (const room of [...rooms.values()])
        if (equalBytes(room.authority, key)) keepRoom({ ...room, authority: heir });
      for (const world of [...worlds.values()])
        if (equalBytes(world.authority, key)) worlds.set(world.world, { ...world, authority: heir });
      await store.putHeir({ key, heir });
    },
    heirOf: heirs.heirOf,
    formerOf: heirs.formerOf,
    ...readingRights(rooms, worlds),
  };
}

type Rights = 'mayReadRoom' | 'mayReadWorld' | 'mayReadDocument' | 'isPublic';

function readingRights(
  rooms: ReadonlyMap<string, RoomRecord>,
  worlds: ReadonlyMap<string, WorldRecord>,
): Pick<RoomBook, Rights> {
  const rights: Pick<RoomBook, Rights> = {
    mayReadRoom(id, cap) {
      const room = rooms.get(id);
      return room ? opens(room, cap) : err('room_unknown');
    },
    mayReadWorld(id, cap) {
      const world = worlds.get(id);
      const room = world && rooms.get(world.room);
      if (!world || !room) return err('world_unknown');
      const opened = opens(room, cap);
      return opened.ok ? ok(world) : opened;
    },
    mayReadDocument(name, cap) {
      if (name.kind === 'directory') return ok();
      const may =
        name.kind === 'room' ? rights.mayReadRoom(name.room, cap) : rights.mayReadWorld(name.world, cap);
      if (may.ok) return ok();
      return may.code === 'room_unknown' || may.code === 'world_unknown'
        ? err('document_unknown')
        : err(may.code);
    },
    isPublic: (world) => rights.mayReadWorld(world, undefined).ok,
  };
  return rights;
}

function isOwn(known: { readonly authority: Bytes } | undefined, authority: Bytes): boolean {
  return !known || equalBytes(known.authority, authority);
}

function opens(room: RoomRecord, cap: Cap | undefined): Result<RoomRecord, AccessRefusal> {
  if (room.visibility === 'listed') return ok(room);
  if (cap === undefined) return err('capability_needed');
  // A room that is not listed and has no capability opens to nobody.
  const isRight = room.cap !== null && timingSafeEqual(capBytes(room.cap), capBytes(cap));
  return isRight ? ok(room) : err('capability_wrong');
}
