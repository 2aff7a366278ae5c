/** A run as acts change it. */
import type { Stage } from '../cast/stage.ts';
import type { Copy } from '../disk/journal.ts';
import type { Backups } from './backups.ts';
import type { House } from './house.ts';

export interface Scene {
  readonly stage: Stage;
  readonly house: House;
  readonly backups: Backups;
  /** The log as it lay when an older one was put back the last time. */
  newest?: Copy;
  /** An older copy of the relay's disk was put back: what rooms said since is with their pages alone. */
  isRelayOld?: boolean;
  /** Till then the relay and the way to it are left alone: what perhaps it alone can tell must be heard. */
  calmUntil?: number;
}
