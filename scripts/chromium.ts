/** Which Chromium the tests drive, and its switches for a machine without network. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Chromium {
  readonly executablePath: string | undefined;
  readonly args: readonly string[];
}

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

/** An installed browser from the PATH wins; `undefined` leaves the choice to Playwright's own download. */
export function chromium(path = process.env.PATH ?? ''): Chromium {
  const isRoot = process.getuid?.() === 0;
  return { executablePath: findOnPath(names, path), args: isRoot ? [...quiet, '--no-sandbox'] : quiet };
}

/** The first of `programs` that lies in a folder of `path`. */
export function findOnPath(programs: readonly string[], path = process.env.PATH ?? ''): string | undefined {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  return programs
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file));
}
