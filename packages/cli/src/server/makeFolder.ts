/** The folders that variables name are made one level at a time. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CommandFailure } from '../failure.ts';
import { messageOf } from '../failureText.ts';

/**
 * Nothing is done for a variable that is not set. Throws a `CommandFailure` with what to write instead. Node's own recursive `mkdir` tries
 * for ever where a folder is there and says that it is not, as those below `/proc` do.
 */
export function makeFolder(variable: string, path: string | undefined): void {
  if (path === undefined) return;
  try {
    for (const folder of missing(resolve(path))) mkdirSync(folder, { mode: 0o700 });
  } catch (fault) {
    throw new CommandFailure(
      `${variable}=${path} cannot be used (${messageOf(fault)}): write the path of a folder that may be written.`,
    );
  }
}

/** The outermost first. */
function missing(folder: string): readonly string[] {
  return existsSync(folder) || folder === dirname(folder) ? [] : [...missing(dirname(folder)), folder];
}
