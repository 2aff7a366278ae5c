/** The authority's Ed25519 seed in a file that only its owner may read; made at the first start. */
import { bytesToHex, hexToBytes } from '@fairground/ledger';
import type { Bytes } from '@fairground/ledger';
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Random } from '../ports.ts';

export const KEY_FILE = 'authority.key';

/** Throws with a sentence for a folder that cannot be made, a file that others may read, and one that is no key. */
export async function loadSeed(folder: string, random: Random): Promise<Bytes> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((fault: Error) => {
    throw new Error(
      `DATA_DIR cannot be used (${fault.message}): write the path of a folder that may be written.`,
    );
  });
  const path = join(folder, KEY_FILE);
  const found = await stat(path).catch(() => undefined);
  if (!found) return createSeed(folder, path, random(32));
  const isOpen = process.platform !== 'win32' && (found.mode & 0o077) !== 0;
  if (isOpen)
    throw new Error(
      `${path} may be read by others on this machine. Run: chmod 600 '${path}' (and make a new key if somebody has read it).`,
    );
  const seed = hexToBytes((await readFile(path, 'utf8')).trim());
  if (seed?.length !== 32)
    throw new Error(
      `${path} is not a key: it should hold 64 hexadecimal digits. Restore it from your backup; without it no world of this authority can go on.`,
    );
  return seed;
}

/** Durable before it is used, so that no world ever hangs on a key that a power cut took away. */
async function createSeed(folder: string, path: string, seed: Bytes): Promise<Bytes> {
  const file = await open(path, 'wx', 0o600);
  await file.writeFile(`${bytesToHex(seed)}\n`);
  await file.sync();
  await file.close();
  const directory = await open(folder, 'r');
  await directory.sync();
  await directory.close();
  return seed;
}
