/** Slots: what is known of each world, whether it is played, closed, or cannot be touched. */
import type { Bytes } from '@fairground/ledger';
import type { WorldRow } from '../store/ports.ts';
import type { Slot } from './live.ts';

export function toSlot(row: WorldRow): Slot {
  const { world, size, checkpoint, room, closed, game, version, genesis } = row;
  const status = closed ? 'closed' : 'loading';
  return { world, status, waiting: [], size, checkpoint, room, game, version, genesis };
}

/** Of a world that the lock knows and the store has not even heard of. */
export function lostSlot(world: Bytes): Slot {
  const nothing = new Uint8Array(0);
  return {
    ...{ world, room: nothing, genesis: nothing, checkpoint: nothing },
    ...{ status: 'recovering', waiting: [], size: 0, game: '', version: 0 },
  };
}

/** What still holds on to the old world can do nothing with it any more. */
export function retire(slot: Slot): void {
  const { live } = slot;
  if (!live) return;
  live.cancelTimer?.();
  live.halted ??= { code: 'retired', message: '', entry: new Uint8Array(0) };
  delete slot.live;
}

/** It is read, and waits until everybody was asked. */
export function isAsking({ status }: Slot): boolean {
  return status === 'asking';
}
