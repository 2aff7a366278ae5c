/**
 * The operator hands the authority's key on while it is stopped. Every step is durable before the next one, and one that was cut off is
 * gone on with. What a match's own log says of it is written at the next start, when everybody has been asked.
 */
import { type Bytes, equalBytes, keyToDid, publicKeyFromSeed } from '@fairground/ledger';
import { MOST_FORMER_KEYS } from '@fairground/protocol';
import { join } from 'node:path';
import { openFileLock } from '../lock/fileLock.ts';
import { holdGuard } from '../lock/guard.ts';
import { markHandedOn, readHandedOn } from '../lock/handedOn.ts';
import { lockFolderOf } from '../lock/lockFolder.ts';
import type { Random } from '../ports.ts';
import { FORMER_FILE, KEY_FILE, moveFile, readFormerSeeds, readSeeds, writeSeeds } from './keyFile.ts';

export interface Rotated {
  readonly from: Bytes;
  readonly to: Bytes;
}

const NEXT_FILE = 'next.key';

/** Throws with a sentence where there is no key, the authority runs, or this data folder is an old copy. */
export async function rotateKey(
  { folder, lockDir }: { readonly folder: string; readonly lockDir: string },
  random: Random,
): Promise<Rotated> {
  const [seed] = await readSeeds(join(folder, KEY_FILE));
  if (!seed) throw new Error(`There is no key in ${folder} yet: the first "fairground start" makes one.`);
  const from = publicKeyFromSeed(seed);
  const oldLock = lockFolderOf(lockDir, from);
  const guard = holdGuard(oldLock);
  try {
    const next = await nextSeed(folder, oldLock, random);
    const to = publicKeyFromSeed(next);
    await copyLock(oldLock, lockFolderOf(lockDir, to));
    await keepFormer(folder, seed);
    await markHandedOn(oldLock, keyToDid(to));
    await moveFile(folder, NEXT_FILE, KEY_FILE);
    return { from, to };
  } finally {
    guard.release();
  }
}

async function nextSeed(folder: string, oldLock: string, random: Random): Promise<Bytes> {
  const [found] = await readSeeds(join(folder, NEXT_FILE));
  const heir = await readHandedOn(oldLock);
  if (heir !== undefined && (!found || keyToDid(publicKeyFromSeed(found)) !== heir))
    throw new Error(
      `This key was handed on to ${heir} already, and ${folder} does not hold that one: it is an old copy. Bring back the newest data folder.`,
    );
  if (found) return found;
  const next = random(32);
  await writeSeeds(folder, NEXT_FILE, [next]);
  return next;
}

/** The new key must know what the old one has signed before it signs anything. */
async function copyLock(from: string, to: string): Promise<void> {
  const [old, own] = [await openFileLock(from), await openFileLock(to)];
  await own.write(await old.read());
  await old.close();
  await own.close();
}

async function keepFormer(folder: string, seed: Bytes): Promise<void> {
  const former = await readFormerSeeds(folder);
  const isKept = former.some((one) => equalBytes(one, seed));
  if (!isKept && former.length >= MOST_FORMER_KEYS)
    throw new Error(`${MOST_FORMER_KEYS} keys were handed on before: begin a new data folder.`);
  if (!isKept) await writeSeeds(folder, FORMER_FILE, [...former, seed]);
}
