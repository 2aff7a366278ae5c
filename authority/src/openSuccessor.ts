/** An operator ends a lost world, or goes on from one of a lost authority, while the own authority is stopped. */
import { type Bytes, type Result, type SignedPair, genesisPolicy, randomBytes } from '@fairground/ledger';
import { games } from '@fairground/rules';
import type { AuthorityConfig } from './config.ts';
import { authorityFolder } from './dataFolder.ts';
import { loadSeed, readFormerSeeds } from './keys/keyFile.ts';
import { loadKeys } from './keys/loadKeys.ts';
import { openFileLock } from './lock/fileLock.ts';
import { holdGuard } from './lock/guard.ts';
import { lockFolderOf } from './lock/lockFolder.ts';
import type { WorldPlan } from './store/ports.ts';
import { openSqliteStore } from './store/sqliteStore.ts';
import { type Estate, type Inheritance, type InheritRefusal, planInheritance } from './worlds/inherit.ts';
import { type SuccessorDeps, type SuccessorRefusal, planSuccessor } from './worlds/successor.ts';

/** Throws with a sentence if the authority runs or its files cannot be opened. */
export async function openSuccessor(
  config: AuthorityConfig,
  world: Bytes,
  receipts: readonly SignedPair[],
): Promise<Result<WorldPlan, SuccessorRefusal>> {
  return whileStopped(config, (deps) => planSuccessor(deps, world, receipts));
}

/** The same for a match of another authority that names this one. */
export async function openInheritance(
  config: AuthorityConfig,
  estate: Estate,
): Promise<Result<Inheritance, InheritRefusal>> {
  const folder = authorityFolder(config.dataDir);
  const seeds = [await loadSeed(folder, randomBytes), ...(await readFormerSeeds(folder)).toReversed()];
  return whileStopped(config, (deps) => planInheritance({ ...deps, seeds }, estate));
}

async function whileStopped<T>(
  { dataDir, lockDir, name, witnesses, quorum, successors }: AuthorityConfig,
  act: (deps: SuccessorDeps) => Promise<T>,
): Promise<T> {
  const folder = authorityFolder(dataDir);
  const keys = await loadKeys(folder, name, randomBytes);
  const lockFolder = lockFolderOf(lockDir, keys.signer.key);
  const guard = holdGuard(lockFolder);
  const lock = await openFileLock(lockFolder);
  const store = await openSqliteStore(folder);
  try {
    const charter = { policy: genesisPolicy(witnesses, quorum), successors };
    const clock = { now: () => Date.now() };
    return await act({ store, lock, keys, games, clock, random: randomBytes, charter });
  } finally {
    await store.close();
    await lock.close();
    guard.release();
  }
}
