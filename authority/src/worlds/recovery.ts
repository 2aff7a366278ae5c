/** What the lock remembers against what the store holds, before anything is signed. */
import {
  type Bytes,
  bytesToHex,
  equalBytes,
  leafHash,
  merkleRoot,
  rootAt,
  tileHashReader,
  tileWidth,
  type HashReader,
} from '@fairground/ledger';
import { splitHashes } from '../log/tree.ts';
import type { LockRow, LogStore, WorldRow } from '../store/ports.ts';

/** Undefined if all is well: the store is where the lock is, or ahead of it on the same tree. Else a sentence. */
export async function whyRecovering(
  store: LogStore,
  locked: LockRow | undefined,
  row: WorldRow | undefined,
): Promise<string | undefined> {
  if (!locked) return undefined;
  const name = bytesToHex(locked.world).slice(0, 8);
  const size = row?.size ?? 0;
  if (!row || size < locked.size)
    return size === 0
      ? `the store knows nothing of world ${name}, of which ${locked.size} entries were signed, and its secret is in no log: stop the authority and bring back the newest data folder`
      : `the store holds ${size} entries of world ${name}, and ${locked.size} were signed: an older copy of the data folder is in use. What the relay still holds is fetched by itself; else stop the authority and bring back the newest data folder`;
  const root = await rootAt(storedHashes(store, row.world, size), locked.size);
  return equalBytes(root, locked.root)
    ? undefined
    : `the store's world ${name} differs from what was signed at size ${locked.size}: bring back the right data folder`;
}

/** Subtree hashes of a stored log of (at least) this size. */
export function storedHashes(store: LogStore, world: Bytes, size: number): HashReader {
  return tileHashReader(async ({ level, n, width }) => readTile(store, world, level, n, width), size);
}

/** The first `width` hashes of a tile, full or not. */
export async function readTile(
  store: LogStore,
  world: Bytes,
  level: number,
  n: number,
  width: number,
): Promise<readonly Bytes[]> {
  const [full] = await store.tiles(world, level, n, n + 1);
  if (full) return splitHashes(full).slice(0, width);
  const first = n * tileWidth;
  if (level === 0) return (await store.entries(world, first, first + width)).map(leafHash);
  const below = await store.tiles(world, level - 1, first, first + width);
  return below.map((bytes) => merkleRoot(splitHashes(bytes)));
}
