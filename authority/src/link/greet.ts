/** Tells a link that has just opened everything it may have missed. All of it is idempotent. */
import { type Bytes, bytesToHex } from '@fairground/ledger';
import type { ToRelay } from '@fairground/protocol';
import type { Directory } from '../documents/directory.ts';
import type { Publisher } from '../documents/publisher.ts';
import type { Clock, Log } from '../ports.ts';
import type { LogStore, RoomRow } from '../store/ports.ts';
import type { Slot } from '../worlds/live.ts';

export interface GreetDeps {
  readonly store: Pick<LogStore, 'worlds'>;
  readonly rooms: ReadonlyMap<string, RoomRow>;
  readonly slots: ReadonlyMap<string, Slot>;
  readonly publisher: Publisher;
  readonly directory: Pick<Directory, 'state'>;
  readonly clock: Clock;
  readonly log: Log;
  originOf(world: Bytes): string;
  /** Resolves when the checkpoints of what is published are stored. */
  saveNotes(): Promise<void>;
  send(frame: ToRelay): void;
}

/** A closed world is told again this long: its last batch may never have arrived. */
const retoldMs = 48 * 3_600_000;

/** Rooms and played worlds at once, so that nothing that is sent later is about something unknown; closed worlds after. Never rejects. */
export async function greet(deps: GreetDeps): Promise<void> {
  for (const room of deps.rooms.values()) {
    if ((deps.slots.get(bytesToHex(room.world))?.size ?? 0) > 0) deps.publisher.showRoom(room);
  }
  const played = [...deps.slots.values()].filter(({ status, size }) => status !== 'closed' && size > 0);
  for (const slot of played) {
    if (slot.status !== 'recovering') void show(deps, slot);
    // Whoever kept what was lost must find the world, though nothing of it is shown.
    else deps.send({ t: 'world', world: slot.world, room: slot.room, origin: deps.originOf(slot.world) });
  }
  deps.send({ t: 'doc', name: 'directory', update: deps.directory.state() });
  try {
    const since = deps.clock.now() - retoldMs;
    for (const { world, closed, at } of await deps.store.worlds()) {
      const slot = deps.slots.get(bytesToHex(world));
      if (!slot || slot.size === 0 || !closed) continue;
      if (at < since) deps.send({ t: 'world', world, room: slot.room, origin: deps.originOf(world) });
      else await show(deps, slot);
    }
  } catch (fault) {
    deps.log.error({ fault }, 'closed worlds could not be told to the relay');
  }
}

async function show({ publisher, originOf, saveNotes, log }: GreetDeps, slot: Slot): Promise<void> {
  try {
    await publisher.showAll(slot.world, originOf(slot.world), slot.room, slot.checkpoint);
    await saveNotes();
    await publisher.resendSegments(slot.world);
  } catch (fault) {
    log.error({ fault, world: bytesToHex(slot.world) }, 'a world could not be told to the relay');
  }
}
