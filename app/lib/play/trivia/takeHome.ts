/** The match as a file in the person's hands. */
import type { Follower, Peer } from '@fairground/peer';
import type { RoomFacts } from '#lib/room/types.ts';
import { saveFile } from '../abilities.ts';

/** The code of what went wrong, if something did. */
export async function saveHome(
  follower: Follower,
  peer: Peer,
  facts: RoomFacts,
  title: string,
): Promise<string | undefined> {
  const { exportWorld } = await import('../exportWorld.ts');
  const bytes = await exportWorld(peer, follower, facts);
  if (!bytes) return 'unreachable';
  saveFile(`${fileName(title)}.fair`, bytes, 'application/zip');
  return undefined;
}

/** A file name that every system takes. */
export function fileName(title: string): string {
  const plain = title.normalize('NFKD').replaceAll(/[^A-Za-z0-9]+/gu, '-');
  return plain.replaceAll(/^-|-$/gu, '').toLowerCase() || 'fairground';
}
