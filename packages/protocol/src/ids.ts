/** Names of things on the wire: text forms with one spelling each, raw bytes in CBOR. */
import {
  type Bytes,
  type Result,
  base32ToBytes,
  base64urlToBytes,
  bytesToBase32,
  bytesToBase64url,
  didToKey,
  err,
  keyToDid,
  ok,
} from '@fairground/ledger';

declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** 52 characters of lower-case base32: the SHA-256 of a genesis. */
export type WorldId = Branded<string, 'WorldId'>;
/** 26 characters of lower-case base32: 16 random bytes. */
export type RoomId = Branded<string, 'RoomId'>;
/** 22 characters of base64url: 16 random bytes that let one read everything of an unlisted or private room. */
export type Cap = Branded<string, 'Cap'>;
/** Six digits; an address for people, not a capability. */
export type Code = Branded<string, 'Code'>;
/** `did:key:z…` of an acceptable Ed25519 key. */
export type Did = Branded<string, 'Did'>;

/** `listed` is in the directory and readable by all, `unlisted` has a code and a link, `private` a link only. */
export const visibilities = ['listed', 'unlisted', 'private'] as const;
export type Visibility = (typeof visibilities)[number];

export const WORLD_BYTES = 32;
export const ROOM_BYTES = 16;
export const CAP_BYTES = 16;

export function parseWorldId(text: string): Result<WorldId, 'world_malformed'> {
  return text.length === 52 && base32ToBytes(text)?.length === WORLD_BYTES
    ? ok(text as WorldId)
    : err('world_malformed');
}

/** Throws unless given 32 bytes. */
export function formatWorldId(bytes: Bytes): WorldId {
  return bytesToBase32(sized(bytes, WORLD_BYTES, 'world')) as WorldId;
}

export function worldBytes(world: WorldId): Bytes {
  return known(base32ToBytes(world));
}

export function parseRoomId(text: string): Result<RoomId, 'room_malformed'> {
  return text.length === 26 && base32ToBytes(text)?.length === ROOM_BYTES
    ? ok(text as RoomId)
    : err('room_malformed');
}

/** Throws unless given 16 bytes. */
export function formatRoomId(bytes: Bytes): RoomId {
  return bytesToBase32(sized(bytes, ROOM_BYTES, 'room')) as RoomId;
}

export function roomBytes(room: RoomId): Bytes {
  return known(base32ToBytes(room));
}

export function parseCap(text: string): Result<Cap, 'capability_malformed'> {
  return text.length === 22 && base64urlToBytes(text)?.length === CAP_BYTES
    ? ok(text as Cap)
    : err('capability_malformed');
}

/** Throws unless given 16 bytes. */
export function formatCap(bytes: Bytes): Cap {
  return bytesToBase64url(sized(bytes, CAP_BYTES, 'capability')) as Cap;
}

export function capBytes(cap: Cap): Bytes {
  return known(base64urlToBytes(cap));
}

export function parseCode(text: string): Result<Code, 'code_malformed'> {
  return /^[0-9]{6}$/.test(text) ? ok(text as Code) : err('code_malformed');
}

export function parseDid(text: string): Result<Did, 'key_refused'> {
  const key = didToKey(text);
  return key.ok ? ok(text as Did) : err('key_refused', key.code);
}

/** Throws unless given 32 bytes. */
export function formatDid(key: Bytes): Did {
  return keyToDid(key) as Did;
}

/** The raw key of a did that was parsed before. */
export function didBytes(did: Did): Bytes {
  const key = didToKey(did);
  return known(key.ok ? key.value : undefined);
}

function sized(bytes: Bytes, length: number, what: string): Bytes {
  if (bytes.length !== length) throw new RangeError(`a ${what} has ${length} bytes`);
  return bytes;
}

function known(bytes: Bytes | undefined): Bytes {
  if (!bytes) throw new Error('an id was not parsed before it was used');
  return bytes;
}
