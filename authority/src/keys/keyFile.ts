/** The authority's Ed25519 seeds in files that only their owner may read: the one that signs, and those that were handed on. */
import { type Bytes, bytesToHex, hexToBytes } from '@fairground/ledger';
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Random } from '../ports.ts';

export const KEY_FILE = 'authority.key';
/** A line each, the oldest first. */
export const FORMER_FILE = 'former.keys';

/** Throws with a sentence for a folder that cannot be made, a file that others may read, and one that is no key. */
export async function loadSeed(folder: string, random: Random): Promise<Bytes> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((fault: Error) => {
    throw new Error(
      `DATA_DIR cannot be used (${fault.message}): write the path of a folder that may be written.`,
    );
  });
  const [found] = await readSeeds(join(folder, KEY_FILE));
  if (found) return found;
  const seed = random(32);
  // Of two first starts at once one fails.
  await write(folder, KEY_FILE, [seed], 'wx');
  await syncFolder(folder);
  return seed;
}

/** None where no key was handed on yet. Throws as `loadSeed` does. */
export async function readFormerSeeds(folder: string): Promise<readonly Bytes[]> {
  return readSeeds(join(folder, FORMER_FILE));
}

/** None if there is no such file. */
export async function readSeeds(path: string): Promise<readonly Bytes[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return [];
  const isOpen = process.platform !== 'win32' && (found.mode & 0o077) !== 0;
  if (isOpen)
    throw new Error(
      `${path} may be read by others on this machine. Run: chmod 600 '${path}' (and make a new key if somebody has read it).`,
    );
  const lines = (await readFile(path, 'utf8')).trim().split('\n');
  return lines.map((line) => {
    const seed = hexToBytes(line.trim());
    if (seed?.length === 32) return seed;
    throw new Error(
      `${path} is not a key: it should hold 64 hexadecimal digits. Restore it from your backup; without it no world of this authority can go on.`,
    );
  });
}

/** Durable before it is used, so that no world ever hangs on a key that a power cut took away. A file that is there is replaced whole. */
export async function writeSeeds(folder: string, name: string, seeds: readonly Bytes[]): Promise<void> {
  await write(folder, `${name}.new`, seeds, 'w');
  await moveFile(folder, `${name}.new`, name);
}

/** The new name is durable when it resolves. */
export async function moveFile(folder: string, from: string, to: string): Promise<void> {
  await rename(join(folder, from), join(folder, to));
  await syncFolder(folder);
}

async function write(
  folder: string,
  name: string,
  seeds: readonly Bytes[],
  flags: 'w' | 'wx',
): Promise<void> {
  const file = await open(join(folder, name), flags, 0o600);
  await file.writeFile(seeds.map((seed) => `${bytesToHex(seed)}\n`).join(''));
  await file.sync();
  await file.close();
}

async function syncFolder(folder: string): Promise<void> {
  const directory = await open(folder, 'r');
  await directory.sync();
  await directory.close();
}
