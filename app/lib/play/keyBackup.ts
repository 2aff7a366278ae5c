/** The device's key and its backup code: read where it can be read, else a new key that comes with one. */
import type { BackupRefusal } from '@fairground/peer';
import { openStorage } from './connection.svelte.ts';
import { understood } from './knownKey.ts';

export interface Backup {
  readonly code: string;
  /** Of a key that this device does not use yet: the one it has cannot be read. */
  readonly isNew: boolean;
}

export async function makeBackup(): Promise<Backup> {
  const { formatBackupCode, readableSeed, systemPorts } = await import('@fairground/peer');
  const seed = await readableSeed(await openStorage());
  return { code: formatBackupCode(seed ?? systemPorts().random(32)), isNew: seed === undefined };
}

/** Makes it this device's key, from the next load of the page on. */
export async function adoptCode(code: string): Promise<BackupRefusal | undefined> {
  const { adoptSeed, parseBackupCode, seedIdentity, systemPorts } = await import('@fairground/peer');
  const seed = parseBackupCode(code);
  if (!seed.ok) return seed.code;
  await adoptSeed(await openStorage(), seed.value, systemPorts().random);
  // Nobody has to be told that the key before is gone: they chose so.
  understood(seedIdentity(seed.value).did);
  return undefined;
}
