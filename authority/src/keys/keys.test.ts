import { publicKeyFromSeed, signEd25519, utf8ToBytes } from '@fairground/ledger';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { holdGuard } from '../lock/guard.ts';
import { KEY_FILE, loadSeed } from './keyFile.ts';
import { syncSigner } from './signer.ts';

const folders: string[] = [];
async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'fair-key-'));
  folders.push(made);
  return made;
}
afterAll(async () => {
  for (const made of folders) await rm(made, { recursive: true });
});

const random = (n: number) => new Uint8Array(n).fill(7);
const otherRandom = (n: number) => new Uint8Array(n).fill(8);

describe('the authority key', () => {
  it('[A15] is made once, for its owner alone, and found again', async () => {
    const home = await folder();
    const seed = await loadSeed(home, random);
    expect((await stat(join(home, KEY_FILE))).mode & 0o777).toBe(0o600);
    expect(await loadSeed(home, otherRandom)).toEqual(seed);
  });

  it('[A15] a file that others may read, or that is no key, is refused with a sentence', async () => {
    const home = await folder();
    await loadSeed(home, random);
    await chmod(join(home, KEY_FILE), 0o640);
    await expect(loadSeed(home, random)).rejects.toThrow(/may be read by others.*chmod 600/);
    await chmod(join(home, KEY_FILE), 0o600);
    await writeFile(join(home, KEY_FILE), 'abc');
    await expect(loadSeed(home, random)).rejects.toThrow(/64 hexadecimal digits/);
  });

  it('[A16] a folder that cannot be made is answered with what to write instead', async () => {
    const file = join(await folder(), 'file');
    await writeFile(file, '');
    await expect(loadSeed(join(file, 'authority'), random)).rejects.toThrow(/^DATA_DIR .*: write the path/);
    expect(() => holdGuard(join(file, 'lock'))).toThrow(/^LOCK_DIR .*: write the path/);
  });

  it('[A15] signs as RFC 8032 does', () => {
    const seed = random(32);
    const message = utf8ToBytes('hello');
    expect(syncSigner(seed).key).toEqual(publicKeyFromSeed(seed));
    expect(syncSigner(seed).signSync(message)).toEqual(signEd25519(seed, message));
  });
});
