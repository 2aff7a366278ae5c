/** Gives an authority back what it published: its own store was lost or is an old copy. */
import { type Bytes, equalBytes } from '@fairground/ledger';
import { type WantFrame, formatWorldId } from '@fairground/protocol';
import * as Y from 'yjs';
import type { RoomBook } from '../edge/roomBook.ts';
import type { DocStore, FileStore } from '../store/ports.ts';

export interface WantedDeps {
  readonly rooms: RoomBook;
  readonly docs: Pick<DocStore, 'load'>;
  readonly files: Pick<FileStore, 'get'>;
}

/** Undefined for what is not here, and for worlds of other authorities. */
export async function findWanted(
  { rooms, docs, files }: WantedDeps,
  authority: Bytes,
  { world, path }: WantFrame,
): Promise<Bytes | undefined> {
  const id = formatWorldId(world);
  const record = rooms.world(id);
  if (!record || !equalBytes(record.authority, authority)) return undefined;
  if (path !== 'tail') return (await files.get(id, path))?.bytes;
  const stored = await docs.load(`tail:${id}`);
  return stored && Y.mergeUpdates([...stored.updates]);
}
