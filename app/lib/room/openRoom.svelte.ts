/** A room as a page follows it: which world is played in it now, its shared document, and what went wrong. */
import type { Follower, Peer, Room } from '@fairground/peer';
import type { Cap, RoomId, RoomReply, WorldId } from '@fairground/protocol';
import { loadPeer, noteStatus } from '#lib/play/connection.svelte.ts';
import { recallRoom, rememberRoom } from './memory.ts';

export interface OpenRoom {
  readonly peer: Peer | undefined;
  readonly room: Room | undefined;
  readonly info: RoomReply | undefined;
  readonly follower: Follower | undefined;
  readonly cap: Cap | undefined;
  /** The world that is followed. */
  readonly world: WorldId | undefined;
  /** Why the room cannot be shown; cleared when it can. */
  readonly problem: string | undefined;
  /** Asks which world is played now; after a new one was created, and when somebody hints at one. */
  refresh(): Promise<void>;
  close(): void;
}

// oxlint-disable-next-line eslint/max-lines-per-function -- one owner of one page's state; its parts are the small functions inside
export function openRoom(id: RoomId, given: Cap | undefined): OpenRoom {
  const kept = recallRoom(id);
  const cap = given ?? kept?.cap;
  let peer = $state.raw<Peer>();
  let room = $state.raw<Room>();
  let info = $state.raw<RoomReply>();
  let follower = $state.raw<Follower>();
  let problem = $state<string>();
  let following = $state<WorldId>();
  let closed = false;
  const stops: (() => void)[] = [];

  async function start() {
    peer = await loadPeer();
    if (closed) return;
    room = peer.room(id, cap);
    stops.push(
      room.status.subscribe((status) => {
        noteStatus(status);
        if (status === 'online') void refresh();
      }),
      room.worldHint.subscribe((hint) => {
        if (hint !== undefined && hint !== info?.world) void refresh();
      }),
    );
    await refresh();
  }

  async function refresh() {
    if (!peer) return;
    const reply = await peer.roomInfo(id, cap);
    if (closed) return;
    if (reply.ok) {
      info = reply.value;
      problem = undefined;
      rememberRoom({ room: id, world: info.world, cap, title: info.title });
      return follow(info.world);
    }
    // Offline, the world that was played here last is still shown from what this device has.
    if (reply.code === 'unreachable' && kept) await follow(kept.world);
    if (!follower) problem = reply.code;
  }

  async function follow(world: WorldId) {
    if (!peer || following === world) return;
    following = world;
    const next = await peer.world(world, cap);
    if (closed || following !== world) return next.close();
    follower?.close();
    follower = next;
  }

  start().catch(() => {
    problem = 'internal';
  });
  return {
    get peer() {
      return peer;
    },
    get room() {
      return room;
    },
    get info() {
      return info;
    },
    get follower() {
      return follower;
    },
    get problem() {
      return problem;
    },
    get world() {
      return following;
    },
    cap,
    refresh,
    close() {
      closed = true;
      for (const stop of stops) stop();
      follower?.close();
      room?.close();
    },
  };
}
