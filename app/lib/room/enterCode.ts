/** Six digits → the address of their room; whoever types a code means to play. */
import { askPeer } from '#lib/play/connection.svelte.ts';
import { roomPath } from './address.ts';
import { intendToPlay } from './intention.ts';
import { beginRoom } from './openRoom.svelte.ts';

export type Entered =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly code: string };

export async function enterCode(digits: string): Promise<Entered> {
  const joined = await askPeer((peer) => peer.enterCode(digits));
  if (!joined.ok) return { ok: false, code: joined.code };
  const { room, cap } = joined.value;
  intendToPlay(room);
  beginRoom(joined.value);
  return { ok: true, path: roomPath(room, cap) };
}
