/** Beside the lock of a key that was handed on: an old copy of the data folder must not sign with it again. */
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const HANDED_ON_FILE = 'handed-on';

/** The key, as a did, that this lock's key was handed on to. */
export async function readHandedOn(lockFolder: string): Promise<string | undefined> {
  return readFile(join(lockFolder, HANDED_ON_FILE), 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
}

/** Durable when it resolves. */
export async function markHandedOn(lockFolder: string, heir: string): Promise<void> {
  const file = await open(join(lockFolder, HANDED_ON_FILE), 'w', 0o600);
  await file.writeFile(`${heir}\n`);
  await file.sync();
  await file.close();
  const directory = await open(lockFolder, 'r');
  await directory.sync();
  await directory.close();
}
