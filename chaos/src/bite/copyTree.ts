/** A copy of everything that a run loads, to plant bugs in. */
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const rooms = ['packages', 'relay', 'authority', 'chaos'];
const files = ['package.json', 'tsconfig.json', 'tsconfig.base.json'];

export interface TreeCopy {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Rooms point at each other by relative links, so those of the copy point at the copy. */
export async function copyTree(root: string): Promise<TreeCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'fair-bite-'));
  for (const name of [...rooms, ...files])
    await cp(join(root, name), join(folder, name), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => basename(path) !== '.vite' && !path.endsWith('.test.ts'),
    });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
