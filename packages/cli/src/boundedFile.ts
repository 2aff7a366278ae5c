/** Files that people were sent: read no further than they may be long, and only if they are files (a device never ends). */
import { open } from 'node:fs/promises';
import { CommandFailure } from './failure.ts';
import { messageOf } from './failureText.ts';

const step = 2 ** 20;

/** Undefined when there is more than `max`. Throws a `CommandFailure` for what cannot be read. */
export async function readFileAtMost(
  file: string,
  max: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const handle = await open(file, 'r').catch((fault: unknown) => {
    throw new CommandFailure(`${file} cannot be read: ${messageOf(fault)}.`);
  });
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new CommandFailure(`${file} is no file that could be read to its end.`);
    if (found.size > max) return undefined;
    // It may grow while it is read, and some say that they are empty and are not.
    let bytes = new Uint8Array(found.size + 1);
    for (let length = 0; ;) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) return bytes.slice(0, length);
      length += bytesRead;
      if (length > max) return undefined;
      if (length === bytes.length) bytes = grown(bytes);
    }
  } catch (fault) {
    if (fault instanceof CommandFailure) throw fault;
    throw new CommandFailure(`${file} cannot be read: ${messageOf(fault)}.`);
  } finally {
    await handle.close();
  }
}

function grown(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(bytes.length + step);
  longer.set(bytes);
  return longer;
}
