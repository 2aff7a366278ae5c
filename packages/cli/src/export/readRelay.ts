/** A world's log from a relay, by its tiles. */
import type { BundleSource } from '@fairground/ledger';
import { CAP_PARAMETER, type Cap, paths, type WorldId } from '@fairground/protocol';
import { readEntries, readMember } from '../replay/load.ts';
import { openSource } from '../verify/source.ts';
import { readNamedFiles } from './readNamedFiles.ts';
import type { StoredLog } from './storedLog.ts';

export async function readRelay(world: WorldId, url: string, cap: Cap | undefined): Promise<StoredLog> {
  const source = await openLog(world, url, cap);
  // The checkpoint first: what is read after it covers at least its size.
  const checkpoint = await readMember(source, 'checkpoint');
  const entries = await readEntries(source, checkpoint);
  return { checkpoint, entries, blobs: await readNamedFiles(entries, source.read) };
}

export async function openLog(world: WorldId, url: string, cap: Cap | undefined): Promise<BundleSource> {
  const base = new URL(paths.log(world, ''), url);
  if (cap !== undefined) base.searchParams.set(CAP_PARAMETER, cap);
  const opened = await openSource(base.href);
  if (!opened.ok) throw new Error('an address is opened or throws');
  return opened.value;
}
