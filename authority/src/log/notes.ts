/** After a crash the newest entries may be durable and not signed: here they are, once the lock remembers them. */
import {
  type Bytes,
  type Result,
  decodeFrontier,
  equalBytes,
  err,
  frontierRoot,
  ok,
  originOf,
  parseGenesis,
  rootAt,
  unwrap,
} from '@fairground/ledger';
import type { SyncSigner } from '../ports.ts';
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
}

/** `log_damaged` if the newest checkpoint, the frontier and the entries after the checkpoint do not fit each other. */
export async function storedHead(
  store: LogStore,
  row: WorldRow,
  key: Bytes,
): Promise<Result<StoredHead, 'log_damaged'>> {
  const frontier = decodeFrontier(row.frontier);
  if (!frontier.ok || frontier.value.size !== row.size) return err('log_damaged');
  const root = frontierRoot(frontier.value);
  const signed = row.checkpoint.length > 0 ? ownCheckpoint(row.checkpoint, key) : undefined;
  if (signed?.ok === false) return err('log_damaged');
  const newest = signed?.value ?? { size: 0, root };
  if (newest.size > row.size) return err('log_damaged');
  if (newest.size === row.size)
    return equalBytes(newest.root, root) ? ok({ root, signedSize: row.size }) : err('log_damaged');
  const hashes = storedHashes(store, row.world, row.size);
  const isWhole =
    equalBytes(await rootAt(hashes, row.size), root) &&
    (newest.size === 0 || equalBytes(await rootAt(hashes, newest.size), newest.root));
  return isWhole ? ok({ root, signedSize: newest.size }) : err('log_damaged');
}

/** Signs the batches after `signedSize` and keeps their checkpoints. Only for a head that the lock remembers. Gives the row as it is then. */
export async function signRest(
  { store, signer }: { readonly store: LogStore; readonly signer: SyncSigner },
  row: WorldRow,
  { signedSize }: StoredHead,
): Promise<WorldRow> {
  if (signedSize === row.size) return row;
  const { world, size } = row;
  const origin = originOf(unwrap(parseGenesis(row.genesis)).authority.name, world);
  const hashes = storedHashes(store, world, size);
  const notes = [];
  for (const { first, end } of await store.batches(world, signedSize)) {
    const checkpoint = signCheckpoint(signer, { origin, size: end, root: await rootAt(hashes, end) });
    notes.push({ world, first, checkpoint });
  }
  await store.append({ worlds: [], notes });
  return { ...row, checkpoint: notes.at(-1)?.checkpoint ?? row.checkpoint };
}
