import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Lock, LockRow } from '../store/ports.ts';
import { LOCK_FILE, openFileLock } from './fileLock.ts';
import { holdGuard } from './guard.ts';
import { openMemoryLock } from './memoryLock.ts';

const folders: string[] = [];
async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'fair-lock-'));
  folders.push(made);
  return made;
}
afterAll(async () => {
  for (const made of folders) await rm(made, { recursive: true });
});

const row = (world: number, size: number): LockRow => ({
  world: new Uint8Array(32).fill(world),
  size,
  root: new Uint8Array(32).fill(size),
});

function lockContract(name: string, open: () => Promise<Lock>): void {
  it(`[A10] ${name}: the newest row of every world is read back`, async () => {
    const lock = await open();
    expect(await lock.read()).toEqual([]);
    await lock.write([row(1, 1), row(2, 1)]);
    await lock.write([row(1, 7)]);
    expect(await lock.read()).toEqual([row(1, 7), row(2, 1)]);
    await lock.close();
  });
}

describe('locks', () => {
  lockContract('memory', async () => openMemoryLock());
  lockContract('file', async () => openFileLock(await folder()));

  it('[A10] a file lock is read back after a restart, short and for its owner alone', async () => {
    const home = await folder();
    const first = await openFileLock(home);
    for (let size = 1; size <= 50; size++) await first.write([row(1, size)]);
    await first.close();
    const second = await openFileLock(home);
    expect(await second.read()).toEqual([row(1, 50)]);
    expect((await readFile(join(home, LOCK_FILE), 'utf8')).split('\n')).toHaveLength(2);
    expect((await stat(join(home, LOCK_FILE))).mode & 0o777).toBe(0o600);
    await second.close();
  });

  it('[A11] a torn last line is passed over, wherever it was torn', async () => {
    const home = await folder();
    const lock = await openFileLock(home);
    await lock.write([row(1, 5)]);
    await lock.write([row(1, 6)]);
    await lock.close();
    const path = join(home, LOCK_FILE);
    const whole = await readFile(path, 'utf8');
    const firstLine = whole.indexOf('\n') + 1;
    for (let length = whole.length - 1; length > firstLine; length--) {
      await writeFile(path, whole);
      await truncate(path, length);
      const reopened = await openFileLock(home);
      expect(await reopened.read()).toEqual([row(1, 5)]);
      await reopened.close();
    }
  });

  it('[A11] half a line that a full disk left behind is written over', async () => {
    const home = await folder();
    const lock = await openFileLock(home);
    await lock.write([row(1, 5)]);
    await appendFile(join(home, LOCK_FILE), 'x'.repeat(500));
    await lock.write([row(1, 6)]);
    await lock.close();
    const again = await openFileLock(home);
    expect(await again.read()).toEqual([row(1, 6)]);
    await again.close();
  });

  it('[A11] damage anywhere else is refused with a sentence', async () => {
    const home = await folder();
    const lock = await openFileLock(home);
    await lock.write([row(1, 5), row(2, 6)]);
    await lock.close();
    const path = join(home, LOCK_FILE);
    const whole = await readFile(path, 'utf8');
    await writeFile(path, `${whole.replace(' 5 ', ' 4 ')}`);
    await expect(openFileLock(home)).rejects.toThrow(/is damaged \(line 1\).*not known what was signed last/);
    await writeFile(path, whole);
    await appendFile(path, `nonsense\n${whole}`);
    await expect(openFileLock(home)).rejects.toThrow(/line 3/);
  });

  it('[A12] a second holder of the guard is refused until the first lets go', async () => {
    const home = await folder();
    const first = holdGuard(home);
    expect(() => holdGuard(home)).toThrow(/Another authority with this key is running/);
    first.release();
    holdGuard(home).release();
  });
});
