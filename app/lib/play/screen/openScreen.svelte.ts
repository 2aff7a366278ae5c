/** What a big screen follows, from what stands in its address: six digits, or a room with its capability. It takes no seat. */
import type { Cap, RoomId } from '@fairground/protocol';
import { askPeer } from '#lib/play/connection.svelte.ts';
import { isCode, isRoomId } from '#lib/room/address.ts';
import { recallCode } from '#lib/room/memory.ts';
import { type OpenRoom, openRoom } from '#lib/room/openRoom.svelte.ts';

export interface OpenScreen {
  readonly id: RoomId | undefined;
  readonly room: OpenRoom | undefined;
  /** Why there is nothing to show; cleared when there is. */
  readonly problem: string | undefined;
  close(): void;
}

/** A screen is often switched on before whatever it shows, ms. */
const AGAIN = 3000;

export function openScreen(place: string, cap: Cap | undefined): OpenScreen {
  const screen = new FollowedScreen();
  if (isRoomId(place)) screen.follow(place, cap);
  else screen.enter(place).catch(() => screen.fail('internal'));
  return screen;
}

/** Owns the room that is followed, and the timer of the next attempt. */
class FollowedScreen implements OpenScreen {
  id = $state<RoomId>();
  room = $state.raw<OpenRoom>();
  #failed = $state<string>();
  #closed = false;
  #again: ReturnType<typeof setTimeout> | undefined;

  get problem(): string | undefined {
    return this.#failed ?? this.room?.problem;
  }

  fail(code: string): void {
    this.#failed = code;
  }

  follow(id: RoomId, cap: Cap | undefined): void {
    this.id = id;
    this.#failed = undefined;
    this.room = openRoom(id, cap);
  }

  async enter(code: string): Promise<void> {
    if (!isCode(code)) return this.fail('code_unknown');
    const found = await askPeer((peer) => peer.enterCode(code));
    if (this.#closed) return;
    if (found.ok) return this.follow(found.value.room, found.value.cap ?? undefined);
    const kept = recallCode(code);
    if (found.code === 'unreachable' && kept) return this.follow(kept.room, kept.cap);
    this.fail(found.code);
    if (found.code === 'unreachable')
      this.#again = setTimeout(() => void this.enter(code).catch(() => this.fail('internal')), AGAIN);
  }

  readonly close = (): void => {
    this.#closed = true;
    clearTimeout(this.#again);
    this.room?.close();
  };
}
