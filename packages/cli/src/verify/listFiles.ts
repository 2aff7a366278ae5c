/** The files of a folder that may be anybody's home: listed one by one, and no further than a log can have members. */
import { opendir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { CommandFailure } from '../failure.ts';

/** By their names in the log. Throws a `CommandFailure` where files and folders are more than `most`; links are not followed. */
export async function listFiles(folder: string, most: number): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const folders = [folder];
  let count = 0;
  for (const next of folders) {
    for await (const entry of await opendir(next)) {
      if (++count > most)
        throw new CommandFailure(
          `${folder} holds more than ${most} files and folders, which no log does: name the folder that a .fair was unzipped to.`,
        );
      const path = join(next, entry.name);
      if (entry.isDirectory()) folders.push(path);
      if (entry.isFile()) files.set(relative(folder, path).split(sep).join('/'), path);
    }
  }
  return files;
}
