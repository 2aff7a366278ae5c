import { bytesToHex, publicKeyFromSeed, sha256, utf8ToBytes } from '@fairground/ledger';
import { cp, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openFileLock } from '../lock/fileLock.ts';
import { holdGuard } from '../lock/guard.ts';
import { lockFolderOf } from '../lock/lockFolder.ts';
import { seededRandom } from '../testing/party.ts';
import { FORMER_FILE, KEY_FILE, loadSeed, readFormerSeeds } from './keyFile.ts';
import { loadKeys } from './loadKeys.ts';
import { rotateKey } from './rotateKey.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const made of folders.splice(0)) await rm(made, { recursive: true });
});

/** A data folder with a key, whose lock remembers one signed head. */
async function house() {
  const home = await mkdtemp(join(tmpdir(), 'fair-rotate-'));
  folders.push(home);
  const place = { folder: join(home, 'authority'), lockDir: join(home, 'locks') };
  const random = seededRandom('rotate');
  const first = await loadSeed(place.folder, random);
  const head = { world: sha256(utf8ToBytes('world')), size: 7, root: sha256(utf8ToBytes('root')) };
  const lock = await openFileLock(lockFolderOf(place.lockDir, publicKeyFromSeed(first)));
  await lock.write([head]);
  await lock.close();
  return { home, place, random, first, head };
}

describe('[A156] the key of an authority that is stopped', () => {
  it('is handed on: the new one knows what was signed, the old one is kept, the name stays', async () => {
    const { place, random, first, head } = await house();
    const before = await loadKeys(place.folder, undefined, random);
    const { from, to } = await rotateKey(place, random);
    expect(from).toEqual(publicKeyFromSeed(first));
    const keys = await loadKeys(place.folder, undefined, random);
    expect(keys.signer.key).toEqual(to);
    expect(keys.former?.map(({ key }) => key)).toEqual([from]);
    expect(keys.name).toBe(before.name);
    const lock = await openFileLock(lockFolderOf(place.lockDir, to));
    expect(await lock.read()).toEqual([head]);
    await lock.close();
    for (const name of [KEY_FILE, FORMER_FILE])
      expect((await stat(join(place.folder, name))).mode & 0o777).toBe(0o600);
  });

  it('can be handed on again, and every earlier key is kept in order', async () => {
    const { place, random, first } = await house();
    const one = await rotateKey(place, random);
    const two = await rotateKey(place, random);
    expect(two.from).toEqual(one.to);
    const former = (await readFormerSeeds(place.folder)).map(publicKeyFromSeed);
    expect(former).toEqual([publicKeyFromSeed(first), one.to]);
  });

  it.each([0, 1, 2, 3])('cut off after step %i goes on where it was, with the same new key', async (step) => {
    const { home, place, random, first } = await house();
    const copy = join(home, 'copy');
    await cp(place.folder, copy, { recursive: true });
    const whole = await rotateKey(place, random);
    const next = (await readFile(join(place.folder, KEY_FILE), 'utf8')).trim();
    // What stands after so many steps: the next key, its lock, the former keys, the mark.
    const lock = lockFolderOf(place.lockDir, whole.to);
    const old = lockFolderOf(place.lockDir, whole.from);
    if (step < 1) await rm(lock, { recursive: true });
    if (step < 3) await rm(join(old, 'handed-on'));
    if (step >= 2) await cp(join(place.folder, FORMER_FILE), join(copy, FORMER_FILE));
    await writeFile(join(copy, 'next.key'), `${next}\n`, { mode: 0o600 });
    await rm(place.folder, { recursive: true });
    await rename(copy, place.folder);
    const again = await rotateKey(place, random);
    expect(bytesToHex(again.to)).toBe(bytesToHex(whole.to));
    const keys = await loadKeys(place.folder, undefined, random);
    expect(keys.former?.map(({ key }) => key)).toEqual([publicKeyFromSeed(first)]);
  });

  it('is not handed on while it signs, nor from an old copy of the folder, nor where there is none', async () => {
    const { home, place, random, first } = await house();
    const guard = holdGuard(lockFolderOf(place.lockDir, publicKeyFromSeed(first)));
    await expect(rotateKey(place, random)).rejects.toThrow(/Another authority with this key is running/);
    guard.release();
    const copy = join(home, 'copy');
    await cp(place.folder, copy, { recursive: true });
    await rotateKey(place, random);
    await expect(rotateKey({ ...place, folder: copy }, random)).rejects.toThrow(
      /handed on to did:key:\w+ already.*newest data folder/,
    );
    await expect(rotateKey({ ...place, folder: join(home, 'none') }, random)).rejects.toThrow(/no key in/);
  });
});
