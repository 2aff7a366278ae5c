/** The files that a log's entries name by their hash, for its bundle: pictures of questions. */
import { type Bytes, blobPath, decodeEntry, namedFiles } from '@fairground/ledger';

/** Each once, as far as it can be had; what does not have its hash is as if it were not there. */
export async function readNamedFiles(
  entries: readonly Bytes[],
  read: (path: string) => Promise<Bytes | undefined>,
): Promise<readonly Bytes[]> {
  const files: Bytes[] = [];
  for (const hash of new Set(entries.flatMap(namedIn))) {
    const path = `blob/${hash}`;
    const bytes = await read(path);
    if (bytes && blobPath(bytes) === path) files.push(bytes);
  }
  return files;
}

function namedIn(bytes: Bytes): readonly string[] {
  const entry = decodeEntry(bytes);
  return entry.ok ? namedFiles(entry.value) : [];
}
