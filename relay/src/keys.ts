/** The relay's own secrets: 32 random bytes in a file that only its owner may read, made at the first start. */
import { chmod, mkdir, open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Bytes } from '@fairground/ledger';
import type { Random } from './ports.ts';

/** Throws when the file holds anything but 32 bytes. */
export async function loadSecret(path: string, random: Random): Promise<Bytes> {
  await mkdir(dirname(path), { recursive: true });
  const existing = await readFile(path).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return undefined;
    throw fault;
  });
  return existing ? checkSecret(path, existing) : makeSecret(path, random);
}

async function checkSecret(path: string, bytes: Buffer): Promise<Bytes> {
  if (bytes.length !== 32)
    throw new Error(`${path} is damaged: restore it from a backup, or delete it to make a new key`);
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) await chmod(path, 0o600);
  return new Uint8Array(bytes);
}

async function makeSecret(path: string, random: Random): Promise<Bytes> {
  const secret = random(32);
  const file = await open(path, 'wx', 0o600);
  await file.writeFile(secret);
  await file.sync();
  await file.close();
  return secret;
}
