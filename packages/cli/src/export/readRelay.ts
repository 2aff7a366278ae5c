/** A world's log from a relay, by its tiles. */
import { CAP_PARAMETER, type Cap, paths, type WorldId } from '@fairground/protocol';
import { readEntries, readMember } from '../replay/load.ts';
import { openSource } from '../verify/source.ts';
import type { StoredLog } from './storedLog.ts';

export async function readRelay(world: WorldId, url: string, cap: Cap | undefined): Promise<StoredLog> {
  const base = new URL(paths.log(world, ''), url);
  if (cap !== undefined) base.searchParams.set(CAP_PARAMETER, cap);
  const opened = await openSource(base.href);
  if (!opened.ok) throw new Error('an address is opened or throws');
  // The checkpoint first: what is read after it covers at least its size.
  const checkpoint = await readMember(opened.value, 'checkpoint');
  return { checkpoint, entries: await readEntries(opened.value, checkpoint) };
}
