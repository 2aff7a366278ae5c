/** Where the picture lies that a pack names: beside the pack or in a folder below, and nowhere else. */
import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { err, ok, type Result } from '@fairground/ledger';
import { picturePath } from '@fairground/questions';

export type PlaceFault = 'picture_missing' | 'picture_elsewhere';

/** The real path, links followed. A name is one of this folder on every system: no drive, no backslash, no way up. */
export async function findPicture(pack: string, name: string): Promise<Result<string, PlaceFault>> {
  if (picturePath(pack, name) === undefined) return err('picture_elsewhere');
  const folder = await realpath(dirname(pack)).catch(() => undefined);
  const found = folder && (await realpath(join(folder, name)).catch(() => undefined));
  if (folder === undefined || found === undefined) return err('picture_missing');
  const way = relative(folder, found);
  return way === '' || isAbsolute(way) || way.split(sep)[0] === '..' ? err('picture_elsewhere') : ok(found);
}
