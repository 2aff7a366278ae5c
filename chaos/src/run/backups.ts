/** Copies of the disks, one a second, as a careful operator has them. */
import { lockPath } from '../cast/authorityMachine.ts';
import type { Stage } from '../cast/stage.ts';
import type { Copy } from '../disk/journal.ts';
import type { House } from './house.ts';

export interface Backups {
  /** The newest copy that is at least so old. */
  disk(who: 'authority' | 'relay', agoMs: number): Copy | undefined;
  lock(agoMs: number): string | undefined;
}

interface Copied {
  readonly at: number;
  readonly authority: Copy;
  readonly relay: Copy;
  readonly lock: string | undefined;
}

const everyMs = 1000;

export function keepBackups({ loop }: Stage, house: House): Backups {
  const copies: Copied[] = [];
  const find = (agoMs: number) => copies.findLast(({ at }) => at <= loop.now - agoMs);
  function copy(): void {
    const { authority, relay } = house;
    copies.push({
      at: loop.now,
      authority: authority.disk.copy(),
      relay: relay.disk.copy(),
      lock: authority.files.durable(lockPath),
    });
    loop.after(everyMs, 'backup', copy);
  }
  copy();
  return {
    disk: (who, agoMs) => find(agoMs)?.[who],
    lock: (agoMs) => find(agoMs)?.lock,
  };
}
