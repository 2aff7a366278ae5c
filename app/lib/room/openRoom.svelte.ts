/** A room as a page follows it: which world is played in it now, its shared document, and what went wrong. */
import type { Follower, Gossip, Joined, Peer, Room } from '@fairground/peer';
import type { Cap, Code, RoomId, RoomReply, WorldId } from '@fairground/protocol';
import { loadPeer, noteStatus, whyLost } from '#lib/play/connection.svelte.ts';
import { isOld } from '#lib/play/update.svelte.ts';
import { recallRoom, rememberRoom } from './memory.ts';

export interface OpenRoom {
  readonly peer: Peer | undefined;
  readonly room: Room | undefined;
  readonly info: RoomReply | undefined;
  readonly follower: Follower | undefined;
  /** Compares what is verified with the others in the room. */
  readonly gossip: Gossip | undefined;
  readonly cap: Cap | undefined;
  /** The room's digits, if it has any that are known here. */
  readonly code: Code | null;
  /** The world that is followed. */
  readonly world: WorldId | undefined;
  /** Why the room cannot be shown; cleared when it can. */
  readonly problem: string | undefined;
  /** Asks which world is played now; after a new one was created, and when somebody hints at one. */
  refresh(): Promise<void>;
  close(): void;
}

export function openRoom(id: RoomId, given: Cap | undefined): OpenRoom {
  const taken = begun?.id === id && begun.cap === given ? begun : undefined;
  if (!taken) begun?.close();
  begun = undefined;
  return taken ?? start(new FollowedRoom(id, given));
}

const AGAIN_MS = 3_000;

let begun: FollowedRoom | undefined;

/** The relay has just said what is played there: it is followed while the room's page is on its way, and handed to it. */
export function beginRoom(joined: Joined): void {
  begun?.close();
  begun = start(new FollowedRoom(joined.room, joined.cap ?? undefined, joined));
}

function start(room: FollowedRoom): FollowedRoom {
  room.start().catch(async () => room.fail((await isOld()) ? 'reply_malformed' : 'internal'));
  return room;
}

/** Owns the room's and the world's sockets. */
class FollowedRoom implements OpenRoom {
  readonly id: RoomId;
  readonly #kept: ReturnType<typeof recallRoom>;
  readonly cap: Cap | undefined;
  peer = $state.raw<Peer>();
  room = $state.raw<Room>();
  info = $state.raw<RoomReply>();
  follower = $state.raw<Follower>();
  gossip = $state.raw<Gossip>();
  problem = $state<string>();
  world = $state<WorldId>();
  #closed = false;
  /** What is played there, as far as its code said. */
  readonly #expected: Joined | undefined;
  readonly #stops: (() => void)[] = [];

  constructor(id: RoomId, given: Cap | undefined, expected?: Joined) {
    this.id = id;
    this.#kept = recallRoom(id);
    this.#expected = expected;
    this.cap = given ?? this.#kept?.cap;
  }

  get code(): Code | null {
    return this.info ? this.info.code : (this.#expected?.code ?? null);
  }

  async start(): Promise<void> {
    const peer = await this.#load();
    if (!peer || this.#closed) return;
    this.problem = undefined;
    this.peer = peer;
    const room = peer.room(this.id, this.cap);
    this.room = room;
    this.#stops.push(
      room.status.subscribe((status) => {
        noteStatus(status);
        if (status === 'online') void this.refresh();
      }),
      room.worldHint.subscribe((hint) => {
        if (hint !== undefined && hint !== this.info?.world) void this.refresh();
      }),
    );
    const followed = this.#expected && this.#follow(this.#expected.world);
    await Promise.all([followed, this.refresh()]);
  }

  /** A part of the app that could not be fetched is fetched again, as long as the room is wanted. */
  async #load(): Promise<Peer | undefined> {
    while (!this.#closed) {
      const peer = await loadPeer().catch(() => undefined);
      if (peer) return peer;
      this.problem = await whyLost();
      await new Promise<void>((resume) => {
        const timer = setTimeout(resume, AGAIN_MS);
        this.#stops.push(() => (clearTimeout(timer), resume()));
      });
    }
    return undefined;
  }

  fail(code: string): void {
    this.problem = code;
  }

  async refresh(): Promise<void> {
    const reply = await this.peer?.roomInfo(this.id, this.cap);
    if (this.#closed || !reply) return;
    if (reply.ok) return this.#show(reply.value);
    // Offline, the world that was played here last is still shown from what this device has.
    if (reply.code === 'unreachable' && this.#kept) await this.#follow(this.#kept.world);
    if (!this.follower) this.problem = reply.code;
  }

  async #show(info: RoomReply): Promise<void> {
    this.info = info;
    this.problem = undefined;
    const { world, title, code } = info;
    rememberRoom({ room: this.id, world, cap: this.cap, title, ...(code === null ? {} : { code }) });
    await this.#follow(info.world);
  }

  async #follow(world: WorldId): Promise<void> {
    if (!this.peer || this.world === world) return;
    this.world = world;
    const next = await this.peer.world(world, this.cap);
    if (this.#closed || this.world !== world) return next.close();
    this.follower?.close();
    this.gossip?.stop();
    this.gossip = this.room && this.peer.gossip(this.room, next);
    this.follower = next;
  }

  readonly close = (): void => {
    this.#closed = true;
    for (const stop of this.#stops) stop();
    this.gossip?.stop();
    this.follower?.close();
    this.room?.close();
  };
}
