/** The lock as a file: a line a signed checkpoint, one fsync a commit, rewritten with the newest lines when it is opened. */
import { bytesToHex, utf8ToBytes } from '@fairground/ledger';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lock, LockRow } from '../store/ports.ts';
import { formatLockLine, parseLockFile } from './lockLine.ts';

export const LOCK_FILE = 'signed.log';

/** A file that is open for writing. */
export interface LockHandle {
  stat(): Promise<{ readonly size: number }>;
  truncate(length: number): Promise<void>;
  write(
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesWritten: number }>;
  datasync(): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** The part of `node:fs/promises` that is used. */
export interface LockDisk {
  mkdir(folder: string, options: { readonly recursive: true; readonly mode: number }): Promise<unknown>;
  open(path: string, flags: 'r' | 'r+' | 'w', mode?: number): Promise<LockHandle>;
  readFile(path: string, encoding: 'utf8'): Promise<string>;
  rename(from: string, to: string): Promise<void>;
}

const systemDisk: LockDisk = { mkdir, open, readFile, rename };

/** Makes the folder if there is none. Throws with a sentence if the file is damaged: then nobody may sign. */
export async function openFileLock(folder: string, disk = systemDisk): Promise<Lock> {
  await disk.mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, LOCK_FILE);
  const rows = await readLockFile(path, disk);
  await rewrite(disk, folder, path, rows);
  const file = await disk.open(path, 'r+', 0o600);
  let end = (await file.stat()).size;
  const newest = new Map(rows.map((row) => [bytesToHex(row.world), row]));
  return {
    read: async () => [...newest.values()],
    async write(added) {
      end += await writeRows(file, added, end);
      for (const row of added) newest.set(bytesToHex(row.world), row);
    },
    close: () => file.close(),
  };
}

/** Without opening it for writing; no file is no row. */
export async function readLockFile(path: string, disk = systemDisk): Promise<readonly LockRow[]> {
  const text = await disk.readFile(path, 'utf8').catch((fault: unknown) => {
    if (isMissing(fault)) return '';
    throw fault;
  });
  const rows = parseLockFile(text);
  if (rows.ok) return rows.value;
  throw new Error(
    `The lock file ${path} is damaged (${rows.message ?? rows.code}), so it is not known what was signed last. Restore it from where it was, or start under a new key.`,
  );
}

/** At the end of what is whole: half a line that a full disk left behind is written over. Gives the length. */
async function writeRows(file: LockHandle, rows: readonly LockRow[], end: number): Promise<number> {
  const bytes = utf8ToBytes(rows.map(formatLockLine).join(''));
  await file.truncate(end);
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, end + done);
    done += bytesWritten;
  }
  await file.datasync();
  return bytes.length;
}

/** A crash leaves either the old file or the new one. */
async function rewrite(
  disk: LockDisk,
  folder: string,
  path: string,
  rows: readonly LockRow[],
): Promise<void> {
  const next = `${path}.next`;
  const file = await disk.open(next, 'w', 0o600);
  await writeRows(file, rows, 0);
  await file.close();
  await disk.rename(next, path);
  const directory = await disk.open(folder, 'r');
  await directory.sync();
  await directory.close();
}

function isMissing(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && fault.code === 'ENOENT';
}
