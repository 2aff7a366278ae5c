/** A log from wherever a person has it, unverified: whoever reads it holds signed words against it. */
import type { Bytes } from '@fairground/ledger';
import { CommandFailure } from '../failure.ts';
import { readEntries, readMember } from '../replay/load.ts';
import { openSource } from './source.ts';

export interface PlainLog {
  readonly checkpoint: Bytes;
  /** All that the checkpoint claims to cover. */
  readonly entries: readonly Bytes[];
}

export async function readLog(place: string): Promise<PlainLog> {
  const opened = await openSource(place);
  if (!opened.ok) throw new CommandFailure(`${place} is damaged (${opened.code}).`);
  const checkpoint = await readMember(opened.value, 'checkpoint');
  const entries = await readEntries(opened.value, checkpoint).catch(() => {
    throw new CommandFailure(`${place} cannot be read to its end. Run: fairground verify ${place}`);
  });
  return { checkpoint, entries };
}
