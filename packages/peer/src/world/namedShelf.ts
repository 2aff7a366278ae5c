/** Files that a log names by their hash (pictures): read once, and only what has the hash is given out. */
import { type Bytes, blobPath, decodeEntry, err, namedFiles, ok, type Result } from '@fairground/ledger';
import type { Reply } from '../http.ts';

export interface NamedShelf {
  /** By the SHA-256 in hexadecimal. A failure is not kept: the next call asks again. */
  readonly file: (hash: string) => Promise<Result<Bytes, string>>;
}

export function createNamedShelf(read: (path: string) => Promise<Reply<Bytes>>): NamedShelf {
  const kept = new Map<string, Promise<Result<Bytes, string>>>();
  return {
    file(hash) {
      const known = kept.get(hash);
      if (known) return known;
      const asked = readNamed(read, hash);
      kept.set(hash, asked);
      void asked.then(({ ok: isHere }) => isHere || kept.delete(hash));
      return asked;
    },
  };
}

/** What entries name and is here, for the file that is taken home; what cannot be had is left out. */
export async function filesNamedBy(entries: readonly Bytes[], shelf: NamedShelf): Promise<readonly Bytes[]> {
  const hashes = new Set(entries.flatMap(namedIn));
  const read = await Promise.all([...hashes].map((hash) => shelf.file(hash)));
  return read.flatMap((file) => (file.ok ? [file.value] : []));
}

async function readNamed(
  read: (path: string) => Promise<Reply<Bytes>>,
  hash: string,
): Promise<Result<Bytes, string>> {
  const path = `blob/${hash}`;
  const reply = await read(path);
  if (!reply.ok) return err(reply.code, reply.message);
  return blobPath(reply.value) === path ? ok(reply.value) : err('file_mismatch');
}

function namedIn(bytes: Bytes): readonly string[] {
  const entry = decodeEntry(bytes);
  return entry.ok ? namedFiles(entry.value) : [];
}
