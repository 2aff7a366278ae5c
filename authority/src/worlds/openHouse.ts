/** The start: every world of the store against the lock, before anything is signed or shown. */
import { bytesToHex, equalBytes } from '@fairground/ledger';
import { ownCheckpoint } from '../log/checkpointOf.ts';
import type { Clock, Log } from '../ports.ts';
import type { Lock, LockRow, LogStore, RoomRow, WorldRow } from '../store/ports.ts';
import type { Slot } from './live.ts';
import { whyRecovering } from './recovery.ts';
import { lostSlot, toSlot } from './slot.ts';

export interface OpenDeps {
  readonly store: LogStore;
  readonly lock: Lock;
  readonly clock: Clock;
  readonly log: Log;
  /** The authority's public key. */
  readonly key: Uint8Array;
}

/** A room that was left so long ago gives its code back. */
const codeLifeMs = 48 * 3_600_000;

/** Slots by world in hex: `loading`, `closed` or `recovering`. The store ahead of the lock is normal after a crash: the lock catches up. */
export async function openSlots(deps: OpenDeps): Promise<Map<string, Slot>> {
  const slots = new Map<string, Slot>();
  const locked = new Map((await deps.lock.read()).map((row) => [bytesToHex(row.world), row]));
  const behind: LockRow[] = [];
  for (const row of await deps.store.worlds()) {
    if (row.size === 0) continue;
    const id = bytesToHex(row.world);
    const slot = toSlot(row);
    slots.set(id, slot);
    behind.push(...(await compare(deps, slot, row, locked.get(id))));
    locked.delete(id);
  }
  for (const row of locked.values()) {
    const slot = lostSlot(row.world);
    slots.set(bytesToHex(row.world), slot);
    recovering(deps, slot, (await whyRecovering(deps.store, row, undefined)) ?? '');
  }
  if (behind.length > 0) await deps.lock.write(behind);
  return slots;
}

/** Rooms by their ids in hex. */
export async function openRooms({ store, clock }: OpenDeps): Promise<Map<string, RoomRow>> {
  const rooms = new Map((await store.rooms()).map((room) => [bytesToHex(room.room), room]));
  const before = clock.now() - codeLifeMs;
  for (const { closed, at, world, room } of await store.worlds()) {
    const known = rooms.get(bytesToHex(room));
    const isLeft = closed && at < before && known && equalBytes(known.world, world);
    if (!isLeft || known.code === null) continue;
    rooms.set(bytesToHex(room), { ...known, code: null });
    await store.putRoom({ ...known, code: null });
  }
  return rooms;
}

/** Gives the row that the lock lacks, if it lacks one. */
async function compare(
  deps: OpenDeps,
  slot: Slot,
  row: WorldRow,
  locked: LockRow | undefined,
): Promise<readonly LockRow[]> {
  const newest = ownCheckpoint(row.checkpoint, deps.key);
  if (!newest.ok || newest.value.size !== row.size)
    return recovering(deps, slot, 'the newest checkpoint in the store is damaged: run fairground fsck');
  const { root, size } = newest.value;
  if (locked?.size === size && equalBytes(locked.root, root)) return [];
  const why = await whyRecovering(deps.store, locked, row);
  return why === undefined ? [{ world: row.world, size, root }] : recovering(deps, slot, why);
}

function recovering({ log }: OpenDeps, slot: Slot, why: string): readonly LockRow[] {
  slot.status = 'recovering';
  slot.reason = why;
  log.error({ world: bytesToHex(slot.world), why }, 'this world is recovering: nothing is signed for it');
  return [];
}
