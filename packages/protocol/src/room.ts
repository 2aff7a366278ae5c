/** What lies in `directory` and in `room:<id>` documents, and what presence says. */
import { z } from 'zod';
import { zCode, zDid, zRoomId, zUint, zWorldId } from './schema.ts';

/** Root types of a room document. */
export const ROOM_CHAT = 'chat';
export const ROOM_REACTIONS = 'reactions';
export const ROOM_SETTINGS = 'settings';
export const ROOM_META = 'meta';
/** Map: who found it (did:key) → a proof of a fault, as its file. Whoever reads it judges it. */
export const ROOM_FAULTS = 'faults';
/** Root map of `directory`: room id → `DirectoryEntry`. */
export const DIRECTORY_ROOMS = 'rooms';

/** A log's line and one cosignature; presence has 2 KiB. */
export const MAX_HEAD_NOTE = 1200;

export const DirectoryEntry = z.object({
  room: zRoomId,
  world: zWorldId,
  game: z.string(),
  code: zCode.nullable(),
  title: z.string(),
  topic: z.string(),
  phase: z.enum(['open', 'running', 'over']),
  players: zUint,
  seats: zUint,
  openedAt: zUint,
});
export type DirectoryEntry = z.infer<typeof DirectoryEntry>;

/** A connection's presence; everything but the key is hearsay of its owner. The relay lets through only the session's own key. */
export const Presence = z.looseObject({
  key: zDid.optional(),
  name: z.string().max(24).optional(),
  avatar: zUint.optional(),
  ready: z.boolean().optional(),
  hover: z.unknown().optional(),
  p2p: z.unknown().optional(),
  /** The newest checkpoint that it has verified: the signed note, with its own cosignature. */
  head: z.object({ world: zWorldId, note: z.string().max(MAX_HEAD_NOTE) }).optional(),
});
export type Presence = z.infer<typeof Presence>;
