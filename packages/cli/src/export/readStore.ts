/** A world's log from the data folder; a running server may go on writing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { authorityFolder, openSqliteStore } from '@fairground/authority';
import { parseCheckpoint, parseNote, unwrap } from '@fairground/ledger';
import { type WorldId, worldBytes } from '@fairground/protocol';
import { dataDirOf } from '../dataDir.ts';
import { CommandFailure } from '../failure.ts';
import type { StoredLog } from './storedLog.ts';

export async function readStore(world: WorldId, environment: NodeJS.ProcessEnv): Promise<StoredLog> {
  const dataDir = dataDirOf(environment);
  const folder = authorityFolder(dataDir);
  if (!existsSync(join(folder, 'log.sqlite')))
    throw new CommandFailure(
      `There are no worlds in ${dataDir}: set DATA_DIR, or read from a relay with --url.`,
    );
  const store = await openSqliteStore(folder);
  try {
    const row = await store.world(worldBytes(world));
    if (!row || row.size === 0) throw new CommandFailure(`There is no world ${world} in ${dataDir}.`);
    const { size } = unwrap(parseCheckpoint(unwrap(parseNote(row.checkpoint)).text));
    return { checkpoint: row.checkpoint, entries: await store.entries(row.world, 0, size) };
  } finally {
    await store.close();
  }
}
