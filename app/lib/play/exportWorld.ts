/** The world as a `.fair` file: the relay's, byte for byte. */
import type { Follower, Peer } from '@fairground/peer';
import type { RoomFacts } from '#lib/room/types.ts';

export async function exportWorld(peer: Peer, _follower: Follower, facts: RoomFacts) {
  const reply = await peer.readLog(facts.world, 'bundle.fair', facts.cap);
  return reply.ok ? new Uint8Array(reply.value) : undefined;
}
