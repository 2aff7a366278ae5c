import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listFiles } from './listFiles.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairground-list-'));
  await mkdir(join(folder, 'tile/0'), { recursive: true });
  for (const name of ['checkpoint', 'policy', 'tile/0/000']) await writeFile(join(folder, name), name);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('[C12] the files of a folder', () => {
  it('are named as in the log, and what a link leads to is none of them', async () => {
    await symlink(folder, join(folder, 'round'));
    await symlink(join(folder, 'policy'), join(folder, 'copy'));
    const files = await listFiles(folder, 100);
    expect([...files.keys()].toSorted()).toEqual(['checkpoint', 'policy', 'tile/0/000']);
    expect(files.get('tile/0/000')).toBe(join(folder, 'tile/0/000'));
  });

  it('are listed as far as a log can have members: five are here, folders counted, and four are too few', async () => {
    expect((await listFiles(folder, 5)).size).toBe(3);
    await expect(listFiles(folder, 4)).rejects.toThrow('holds more than 4 files and folders');
  });
});
