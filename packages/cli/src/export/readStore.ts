/** A world's log from the data folder; a running server may go on writing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { authorityFolder, openBankPictures, openSqliteStore } from '@fairground/authority';
import { blobHash, type Bytes, hexToBytes, parseCheckpoint, parseNote, unwrap } from '@fairground/ledger';
import { type WorldId, worldBytes } from '@fairground/protocol';
import { dataDirOf } from '../dataDir.ts';
import { CommandFailure } from '../failure.ts';
import { readNamedFiles } from './readNamedFiles.ts';
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
    const entries = await store.entries(row.world, 0, size);
    return { checkpoint: row.checkpoint, entries, blobs: await readFromBank(dataDir, entries) };
  } finally {
    await store.close();
  }
}

async function readFromBank(dataDir: string, entries: readonly Bytes[]): Promise<readonly Bytes[]> {
  const { picture, close } = openBankPictures(dataDir);
  try {
    return await readNamedFiles(entries, async (path) => picture(hexToBytes(blobHash(path) ?? '') ?? none));
  } finally {
    close();
  }
}

const none = new Uint8Array(0);
