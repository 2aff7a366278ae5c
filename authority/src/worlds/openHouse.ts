/** The start: every world of the store against the lock, before anything is signed or shown. */
import { bytesToHex, equalBytes } from '@fairground/ledger';
import { type StoredHead, signRest, storedHead } from '../log/notes.ts';
import { ownKeys } from '../keys/keyRing.ts';
import type { AuthorityKeys, Clock, Log } from '../ports.ts';
import type { Lock, LockRow, LogStore, RoomRow, WorldRow } from '../store/ports.ts';
import { takeCodesBack } from './codeLife.ts';
import { standStill } from './heads.ts';
import type { Slot } from './live.ts';
import { whyRecovering } from './recovery.ts';
import { lostSlot, toSlot } from './slot.ts';

export interface OpenDeps {
  readonly store: LogStore;
  readonly lock: Lock;
  readonly clock: Clock;
  readonly log: Log;
  readonly keys: AuthorityKeys;
}

/**
 * Slots by world in hex: `loading`, `closed` or `recovering`. The store ahead of the lock is normal after a crash: the lock catches up,
 * and then what is not signed yet is signed.
 */
export async function openSlots(deps: OpenDeps): Promise<Map<string, Slot>> {
  const slots = new Map<string, Slot>();
  const locked = new Map((await deps.lock.read()).map((row) => [bytesToHex(row.world), row]));
  const sound: Sound[] = [];
  for (const row of await deps.store.worlds()) {
    if (row.size === 0) continue;
    const id = bytesToHex(row.world);
    const slot = toSlot(row);
    slots.set(id, slot);
    sound.push(...(await compare(deps, slot, row, locked.get(id))));
    locked.delete(id);
  }
  for (const row of locked.values()) {
    const slot = lostSlot(row.world);
    slots.set(bytesToHex(row.world), slot);
    standStill(deps.log, slot, (await whyRecovering(deps.store, row, undefined)) ?? '');
  }
  await catchUp(deps, sound);
  return slots;
}

async function catchUp(deps: OpenDeps, sound: readonly Sound[]): Promise<void> {
  const behind = sound.filter(({ isLocked }) => !isLocked);
  const rows = behind.map(({ row: { world, size }, head: { root } }) => ({ world, size, root }));
  if (rows.length > 0) await deps.lock.write(rows);
  for (const { slot, row, head } of sound) slot.checkpoint = (await signRest(deps, row, head)).checkpoint;
}

/** Rooms by their ids in hex. */
export async function openRooms({ store, clock }: OpenDeps): Promise<Map<string, RoomRow>> {
  const rooms = new Map((await store.rooms()).map((room) => [bytesToHex(room.room), room]));
  await takeCodesBack({ store, clock, rooms });
  return rooms;
}

/** A world whose store and lock are of one tree. */
interface Sound {
  readonly slot: Slot;
  readonly row: WorldRow;
  readonly head: StoredHead;
  readonly isLocked: boolean;
}

async function compare(
  deps: OpenDeps,
  slot: Slot,
  row: WorldRow,
  locked: LockRow | undefined,
): Promise<readonly Sound[]> {
  const stored = await storedHead(deps.store, row, ownKeys(deps.keys));
  if (!stored.ok) {
    standStill(deps.log, slot, 'the newest checkpoint in the store is damaged: run fairground fsck');
    return [];
  }
  const head = stored.value;
  const isLocked = locked?.size === row.size && equalBytes(locked.root, head.root);
  const why = isLocked ? undefined : await whyRecovering(deps.store, locked, row);
  if (why === undefined) return [{ slot, row, head, isLocked }];
  standStill(deps.log, slot, why, locked && locked.size > row.size ? locked : undefined);
  return [];
}
