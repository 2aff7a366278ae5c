/** Proves a data folder again from outside: reads the files, believes nothing that is derived, writes nothing. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import {
  type Bytes,
  base32ToBytes,
  bytesToHex,
  checkpointIn,
  equalBytes,
  hexToBytes,
  parseGenesis,
  publicKeyFromSeed,
} from '@fairground/ledger';
import { type AnyRulesGame, games as builtIn } from '@fairground/rules';
import { authorityFolder } from '../dataFolder.ts';
import { KEY_FILE, readFormerSeeds } from '../keys/keyFile.ts';
import { LOCK_FILE, readLockFile } from '../lock/fileLock.ts';
import { lockFolderOf } from '../lock/lockFolder.ts';
import { LOG_FILE } from '../store/openLog.ts';
import type { LockRow, WorldRow } from '../store/ports.ts';
import { type LogReads, logReads } from '../store/sqliteReads.ts';
import { readUntouched } from './readUntouched.ts';
import { type FsckFault, type FsckReport, finderFor } from './report.ts';
import { type Roots, checkWorld } from './world.ts';

export interface FsckOptions {
  readonly dataDir: string;
  /** As in the configuration: it holds a folder for each key. */
  readonly lockDir: string;
  readonly games?: readonly AnyRulesGame[];
}

/** Rejects with a sentence if the folder cannot be read at all. */
export async function fsck({ dataDir, lockDir, games = builtIn }: FsckOptions): Promise<FsckReport> {
  const folder = authorityFolder(dataDir);
  if (!existsSync(join(folder, LOG_FILE)))
    throw new Error(`${folder} holds no log: name the folder that DATA_DIR names.`);
  const keys = await readKeys(folder);
  const lockPath = join(lockFolderOf(lockDir, keys[0]), LOCK_FILE);
  return readUntouched(folder, (db) => checkAll(db, { keys, games, lockPath }));
}

interface Context {
  readonly keys: readonly Bytes[];
  readonly games: readonly AnyRulesGame[];
  readonly lockPath: string;
}

async function checkAll(db: DatabaseSync, { keys, games, lockPath }: Context): Promise<FsckReport> {
  const faults: FsckFault[] = [];
  const notes: string[] = [];
  // In this order, for a folder that is being written: the lock follows the store, so a store that is seen later is never behind it.
  const locked = await readLocked(lockPath, faults);
  db.exec('BEGIN');
  checkFile(db, faults);
  const reads = logReads(db);
  let entries = 0;
  const rows = reads.worlds().filter(({ size }) => size > 0);
  const ended = new Set(rows.flatMap(({ genesis }) => lostWorldOf(genesis) ?? []));
  for (const row of rows) {
    entries += row.size;
    const lock = locked.get(bytesToHex(row.world));
    locked.delete(bytesToHex(row.world));
    const roots = checkOne({ reads, row, games, keys, lock }, faults);
    checkLock(row, lock, roots, { faults, notes, ended });
  }
  for (const { world, size } of locked.values())
    finderFor(faults, world).find('lock_ahead', `${size} entries were signed, and the store has none`);
  return { ok: faults.length === 0, worlds: rows.length, entries, faults, notes };
}

interface One {
  readonly reads: LogReads;
  readonly row: WorldRow;
  readonly games: readonly AnyRulesGame[];
  readonly keys: readonly Bytes[];
  readonly lock: LockRow | undefined;
}

function checkOne({ reads, row, games, keys, lock }: One, faults: FsckFault[]): Roots {
  const finder = finderFor(faults, row.world);
  const genesis = parseGenesis(row.genesis);
  if (!genesis.ok) {
    finder.find('genesis_other', genesis.code, 0);
    return new Map();
  }
  const { name } = genesis.value.authority;
  return checkWorld({ reads, row, games, name, keys, lockedSize: lock?.size ?? 0, finder });
}

interface LockFindings {
  readonly faults: FsckFault[];
  readonly notes: string[];
  /** In hex: worlds that a successor goes on from. */
  readonly ended: ReadonlySet<string>;
}

/** In hex: the world that this genesis goes on from because its end was lost. */
function lostWorldOf(genesisBytes: Bytes): string | undefined {
  const genesis = parseGenesis(genesisBytes);
  const parent = genesis.ok ? genesis.value.parent : undefined;
  const origin = parent?.lost && checkpointIn(parent.checkpoint)?.origin;
  const world = origin === undefined ? undefined : base32ToBytes(origin.slice(origin.lastIndexOf('/') + 1));
  return world && bytesToHex(world);
}

function checkLock(
  { world, size }: WorldRow,
  lock: LockRow | undefined,
  roots: Roots,
  { faults, notes, ended }: LockFindings,
): void {
  const finder = finderFor(faults, world);
  const name = bytesToHex(world).slice(0, 8);
  if (!lock) return void notes.push(`the lock does not know world ${name} yet`);
  if (lock.size > size && ended.has(bytesToHex(world)))
    return void notes.push(
      `${lock.size} entries of world ${name} were signed, ${lock.size - size} of them are lost, and its successor says so`,
    );
  if (lock.size > size)
    return finder.find('lock_ahead', `${lock.size} entries were signed, and the store has ${size}`, size);
  const root = roots.get(lock.size);
  if (!root || !equalBytes(root, lock.root))
    return finder.find('lock_differs', `another tree was signed at size ${lock.size}`);
  if (lock.size < size)
    notes.push(`the lock of world ${name} is ${size - lock.size} entries behind, as after a crash`);
}

function checkFile(db: DatabaseSync, faults: FsckFault[]): void {
  for (const row of db.prepare('PRAGMA integrity_check').all()) {
    const found = String(row['integrity_check']);
    if (found !== 'ok') finderFor(faults, undefined).find('store_damaged', found);
  }
}

async function readLocked(path: string, faults: FsckFault[]): Promise<Map<string, LockRow>> {
  try {
    return new Map((await readLockFile(path)).map((row) => [bytesToHex(row.world), row]));
  } catch (fault) {
    finderFor(faults, undefined).find('lock_damaged', fault instanceof Error ? fault.message : String(fault));
    return new Map();
  }
}

/** The newest first. */
async function readKeys(folder: string): Promise<readonly [Bytes, ...Bytes[]]> {
  const path = join(folder, KEY_FILE);
  const text = await readFile(path, 'utf8').catch(() => '');
  const seed = hexToBytes(text.trim());
  if (seed?.length !== 32) throw new Error(`${path} is missing or no key: what it signed cannot be checked.`);
  const former = await readFormerSeeds(folder);
  return [publicKeyFromSeed(seed), ...former.toReversed().map(publicKeyFromSeed)];
}
