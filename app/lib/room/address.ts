/** Addresses of rooms and worlds. The capability stays behind the `#`: browsers never send that part. */
import type { Cap, Code, RoomId, WorldId } from '@fairground/protocol';

export function roomPath(room: string, cap?: string | null): string {
  return `/r/${room}${cap ? `#cap=${cap}` : ''}`;
}

/** Where a world's proof is shown; with the capability, so that its address can be handed on. */
export function proofPath(world: string, cap?: string | null): string {
  return `/replay?world=${world}${cap ? `#cap=${cap}` : ''}`;
}

export function capFromHash(hash: string): Cap | undefined {
  const cap = new URLSearchParams(hash.slice(1)).get('cap');
  return cap !== null && isCap(cap) ? cap : undefined;
}

/** 16 bytes in base64url. */
export function isCap(text: string): text is Cap {
  return /^[A-Za-z0-9_-]{22}$/u.test(text);
}

/** 16 bytes in lower-case base32. */
export function isRoomId(text: string): text is RoomId {
  return /^[a-z2-7]{26}$/u.test(text);
}

/** 32 bytes in lower-case base32. */
export function isWorldId(text: string): text is WorldId {
  return /^[a-z2-7]{52}$/u.test(text);
}

export function isCode(text: string): text is Code {
  return /^\d{6}$/u.test(text);
}

/** What the browser at a big screen opens: short where there is a code, because it is typed with a remote control. */
export function screenPath(place: {
  readonly room: string;
  readonly code: string | null;
  readonly cap?: string | undefined;
}): string {
  return `/screen/${place.code ?? roomPath(place.room, place.cap).slice('/r/'.length)}`;
}

/** What a person hands on: the short address by code where there is one, else the link that holds the capability. */
export function inviteLink(
  origin: string,
  place: { readonly room: string; readonly code: string | null; readonly cap?: string | undefined },
): string {
  return place.code ? `${origin}/j/${place.code}` : `${origin}${roomPath(place.room, place.cap)}`;
}
