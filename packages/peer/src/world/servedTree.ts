/** A log's tree as its relay serves it, in tiles (C2SP tlog-tiles): worth no more than the signed root that it meets. */
import { type Bytes, type HashReader, parseTile, tileHashReader, tilePath } from '@fairground/ledger';
import type { ReadLog } from './catchUp.ts';

/** Subtree hashes as the log's tiles say; rejects where there is no tile. Believed only if they make the signed root. */
export function tilesOf(readLog: ReadLog, size: number): HashReader {
  const tiles = new Map<string, Promise<readonly Bytes[]>>();
  return tileHashReader(({ level, n, width }) => {
    const path = tilePath(level, n, width);
    const known = tiles.get(path) ?? readTile(readLog, path);
    tiles.set(path, known);
    return known;
  }, size);
}

async function readTile(readLog: ReadLog, path: string): Promise<readonly Bytes[]> {
  const bytes = await readLog(path);
  const hashes = bytes && parseTile(bytes);
  if (!hashes?.ok) throw new Error(`there is no ${path}`);
  return hashes.value;
}
