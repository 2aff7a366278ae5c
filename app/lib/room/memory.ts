/** Rooms that this device was in: enough to come back after a reload, without the link and without a network. */
import type { Cap, RoomId, WorldId } from '@fairground/protocol';

export interface KnownRoom {
  readonly room: RoomId;
  readonly world: WorldId;
  readonly cap: Cap | undefined;
  readonly title: string;
  /** Absent where there is none, and of rooms that were remembered without it. */
  readonly code?: string;
}

const KEY = 'fairground.rooms';
const MOST = 12;

export function knownRooms(): readonly KnownRoom[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isKnownRoom) : [];
  } catch {
    return [];
  }
}

export function recallRoom(room: RoomId): KnownRoom | undefined {
  return knownRooms().find((known) => known.room === room);
}

/** The newest room that had this code: codes are given out again. */
export function recallCode(code: string): KnownRoom | undefined {
  return knownRooms().find((known) => known.code === code);
}

/** Newest first; the oldest are forgotten. */
export function rememberRoom(room: KnownRoom): void {
  const others = knownRooms().filter((known) => known.room !== room.room);
  try {
    localStorage.setItem(KEY, JSON.stringify([room, ...others].slice(0, MOST)));
  } catch {
    // a browser that forbids storage forgets; the link still works
  }
}

function isKnownRoom(value: unknown): value is KnownRoom {
  if (typeof value !== 'object' || value === null) return false;
  const { room, world, cap, title, code } = value as Record<string, unknown>;
  return (
    typeof room === 'string' &&
    typeof world === 'string' &&
    typeof title === 'string' &&
    (cap === undefined || typeof cap === 'string') &&
    (code === undefined || typeof code === 'string')
  );
}
