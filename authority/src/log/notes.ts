/** After a crash the newest entries may be durable and not signed: here they are, once the lock remembers them. */
import {
  type Bytes,
  type Result,
  decodeFrontier,
  equalBytes,
  err,
  frontierRoot,
  keyAfter,
  ok,
  originOf,
  parseGenesis,
  rootAt,
  unwrap,
} from '@fairground/ledger';
import { signerOf } from '../keys/keyRing.ts';
import type { AuthorityKeys } from '../ports.ts';
import type { LogStore, WorldRow } from '../store/ports.ts';
import { storedHashes } from '../worlds/recovery.ts';
import { ownCheckpoint } from './checkpointOf.ts';
import { signCheckpoint } from './committed.ts';

/** What the store holds of a world. */
export interface StoredHead {
  /** Of all its entries. */
  readonly root: Bytes;
  /** How many of them are under a checkpoint that is in the store; 0 if none. */
  readonly signedSize: number;
  /** Which has signed that checkpoint; the genesis's if there is none. */
  readonly key: Bytes;
}

/** `log_damaged` if the newest checkpoint, the frontier and the entries after the checkpoint do not fit each other. */
export async function storedHead(
  store: LogStore,
  row: WorldRow,
  keys: readonly Bytes[],
): Promise<Result<StoredHead, 'log_damaged'>> {
  const frontier = decodeFrontier(row.frontier);
  if (!frontier.ok || frontier.value.size !== row.size) return err('log_damaged');
  const root = frontierRoot(frontier.value);
  const signed = row.checkpoint.length > 0 ? ownCheckpoint(row.checkpoint, keys) : undefined;
  if (signed?.ok === false) return err('log_damaged');
  const genesis = parseGenesis(row.genesis);
  if (!genesis.ok) return err('log_damaged');
  const newest = signed?.value ?? { size: 0, root, key: genesis.value.authority.key };
  const { key } = newest;
  if (newest.size > row.size) return err('log_damaged');
  if (newest.size === row.size)
    return equalBytes(newest.root, root) ? ok({ root, signedSize: row.size, key }) : err('log_damaged');
  const hashes = storedHashes(store, row.world, row.size);
  const isWhole =
    equalBytes(await rootAt(hashes, row.size), root) &&
    (newest.size === 0 || equalBytes(await rootAt(hashes, newest.size), newest.root));
  return isWhole ? ok({ root, signedSize: newest.size, key }) : err('log_damaged');
}

/** Signs the batches after `signedSize` and keeps their checkpoints. Only for a head that the lock remembers. Gives the row as it is then. */
export async function signRest(
  { store, keys }: { readonly store: LogStore; readonly keys: AuthorityKeys },
  row: WorldRow,
  { signedSize, key: signedBy }: StoredHead,
): Promise<WorldRow> {
  if (signedSize === row.size) return row;
  const { world, size } = row;
  const genesis = unwrap(parseGenesis(row.genesis));
  const origin = originOf(genesis.authority.name, world);
  const opening = { world, genesis };
  const hashes = storedHashes(store, world, size);
  const notes = [];
  let key = signedBy;
  for (const { first, end } of await store.batches(world, signedSize)) {
    key = keyAfter({ opening, size: first, authorityKey: key }, await store.entries(world, first, end));
    const checkpoint = signCheckpoint(signerOf(keys, key), {
      origin,
      size: end,
      root: await rootAt(hashes, end),
    });
    notes.push({ world, first, checkpoint });
  }
  await store.append({ worlds: [], notes });
  return { ...row, checkpoint: notes.at(-1)?.checkpoint ?? row.checkpoint };
}
