/** The authority room: judges, orders, signs and publishes. Embedded by `fairground start`, driven by simulations, run alone by `main.ts`. */
export { type Authority, type AuthorityDeps, type AuthoritySettings, createAuthority } from './authority.ts';
export { type Bank, type TopicCount, createBank } from './bank/bank.ts';
export { type AuthorityConfig, type Variable, authorityVariables, readAuthorityConfig } from './config.ts';
export { authorityFolder } from './dataFolder.ts';
export { type FsckOptions, fsck } from './fsck/fsck.ts';
export type { FaultCode, FsckFault, FsckReport } from './fsck/report.ts';
export { KEY_FILE, loadSeed } from './keys/keyFile.ts';
export { syncSigner } from './keys/signer.ts';
export { type DialDeps, type Dialling, dialRelay } from './link/dial.ts';
export { openFileLock } from './lock/fileLock.ts';
export { openMemoryLock } from './lock/memoryLock.ts';
export {
  type OpenedAuthority,
  defaultName,
  lockFolderOf,
  openAuthority,
  systemClock,
} from './openAuthority.ts';
export type * from './ports.ts';
export type { Health, Stats } from './stats.ts';
export { openMemoryStore } from './store/memoryStore.ts';
export type * from './store/ports.ts';
export { openSqliteStore } from './store/sqliteStore.ts';
export { type OpenedBank, openBankFile } from './supply/bankFile.ts';
