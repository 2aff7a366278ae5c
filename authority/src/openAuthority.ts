/** An authority on this machine: its key, its folders, its threads. Used by `main.ts` and by whoever runs relay and authority together. */
import { randomBytes } from '@fairground/ledger';
import { games } from '@fairground/rules';
import { type Authority, createAuthority } from './authority.ts';
import type { AuthorityConfig } from './config.ts';
import { authorityFolder } from './dataFolder.ts';
import { loadKeys } from './keys/loadKeys.ts';
import { openFileLock } from './lock/fileLock.ts';
import { type Guard, holdGuard } from './lock/guard.ts';
import { readHandedOn } from './lock/handedOn.ts';
import { lockFolderOf } from './lock/lockFolder.ts';
import type { AuthorityKeys, Clock, Log } from './ports.ts';
import type { Lock, LogStore } from './store/ports.ts';
import { openSqliteStore } from './store/sqliteStore.ts';
import { openQuestionSupplier } from './supply/questions.ts';
import { type WitnessPort, httpWitness } from './witness/witnessPort.ts';

export interface OpenedAuthority {
  readonly authority: Authority;
  readonly keys: AuthorityKeys;
  /** Ends it and closes its files. */
  close(): Promise<void>;
}

/** Stand between an authority and its disks: for whoever lets them fail. */
export interface Disks {
  readonly store?: (store: LogStore) => LogStore;
  readonly lock?: (lock: Lock) => Lock;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * Rejects with a sentence for a key file that others may read, a damaged lock, a second process with the same key, a key that was
 * handed on, and a data folder of a later version.
 */
export async function openAuthority(
  config: AuthorityConfig,
  log: Log,
  disks: Disks = {},
  /** In this process. */
  witnesses: readonly WitnessPort[] = [],
): Promise<OpenedAuthority> {
  const folder = authorityFolder(config.dataDir);
  const keys = await loadKeys(folder, config.name, randomBytes);
  const lockFolder = lockFolderOf(config.lockDir, keys.signer.key);
  const guard = holdGuard(lockFolder);
  try {
    await refuseHandedOn(lockFolder);
    return await openGuarded(config, { keys, lockFolder, guard, log, disks, witnesses });
  } catch (fault) {
    guard.release();
    throw fault;
  }
}

/** Throws with a sentence if the key signs no more. */
async function refuseHandedOn(lockFolder: string): Promise<void> {
  const heir = await readHandedOn(lockFolder);
  if (heir === undefined) return;
  throw new Error(
    `The key of this data folder was handed on to ${heir}: it is an old copy, or "fairground keys rotate" was cut off. Bring back the newest data folder, or run "fairground keys rotate" again.`,
  );
}

interface Guarded {
  readonly keys: AuthorityKeys;
  readonly lockFolder: string;
  readonly guard: Guard;
  readonly log: Log;
  readonly disks: Disks;
  readonly witnesses: readonly WitnessPort[];
}

async function openGuarded(
  { dataDir, collectMs, witnesses: named, quorum, successors }: AuthorityConfig,
  { keys, lockFolder, guard, log, disks, witnesses }: Guarded,
): Promise<OpenedAuthority> {
  const { store: toStore = (store) => store, lock: toLock = (lock) => lock } = disks;
  const lock = toLock(await openFileLock(lockFolder));
  const logStore = toStore(await openSqliteStore(authorityFolder(dataDir)));
  const questions = await openQuestionSupplier(dataDir, systemClock);
  const authority = await createAuthority(
    {
      ...{ logStore, lock, clock: systemClock, random: randomBytes, keys, games, log },
      suppliers: { questions },
      witnesses: [...witnesses, ...named.map((witness) => httpWitness(witness, fetch))],
      topics: questions.topics,
    },
    { collectMs, quorum, successors },
  );
  return {
    authority,
    keys,
    async close() {
      await authority.close();
      await questions.close();
      await logStore.close();
      await lock.close();
      guard.release();
    },
  };
}
