/** An operator ends a lost world while the authority is stopped. */
import { type Bytes, type Result, type SignedPair, genesisPolicy, randomBytes } from '@fairground/ledger';
import { games } from '@fairground/rules';
import type { AuthorityConfig } from './config.ts';
import { authorityFolder } from './dataFolder.ts';
import { loadKeys } from './keys/loadKeys.ts';
import { openFileLock } from './lock/fileLock.ts';
import { holdGuard } from './lock/guard.ts';
import { lockFolderOf } from './lock/lockFolder.ts';
import type { WorldPlan } from './store/ports.ts';
import { openSqliteStore } from './store/sqliteStore.ts';
import { type SuccessorRefusal, planSuccessor } from './worlds/successor.ts';

/** Throws with a sentence if the authority runs or its files cannot be opened. */
export async function openSuccessor(
  { dataDir, lockDir, name, witnesses, quorum }: AuthorityConfig,
  world: Bytes,
  receipts: readonly SignedPair[],
): Promise<Result<WorldPlan, SuccessorRefusal>> {
  const folder = authorityFolder(dataDir);
  const keys = await loadKeys(folder, name, randomBytes);
  const lockFolder = lockFolderOf(lockDir, keys.signer.key);
  const guard = holdGuard(lockFolder);
  const lock = await openFileLock(lockFolder);
  const store = await openSqliteStore(folder);
  try {
    const policy = genesisPolicy(witnesses, quorum);
    const clock = { now: () => Date.now() };
    return await planSuccessor(
      { store, lock, keys, games, clock, random: randomBytes, policy },
      world,
      receipts,
    );
  } finally {
    await store.close();
    await lock.close();
    guard.release();
  }
}
