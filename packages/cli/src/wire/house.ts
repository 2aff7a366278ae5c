/** A real relay and authority, one of whose worlds' secrets a test may steal: what a spy could do with it shows that it can. */
import { mkdtemp, rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bytes } from '@fairground/ledger';
import { authorityFolder } from '@fairground/authority';
import { openTogether } from '../server/openTogether.ts';

export interface OpenHouse {
  readonly url: string;
  /** The 32 bytes that all secrets of this world are derived from. */
  stealSecret(world: Bytes): Bytes;
  close(): Promise<void>;
}

export async function openHouse(): Promise<OpenHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'fairground-'));
  const dataDir = join(folder, 'data');
  const together = await openTogether({
    ...{ PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, LOCK_DIR: join(folder, 'locks') },
    ...{ RELAY_ADDRESS_FACTOR: '1000', RELAY_LOG_LEVEL: 'error', AUTHORITY_LOG_LEVEL: 'error' },
  });
  return {
    url: `http://127.0.0.1:${together.server.port}`,
    stealSecret: (world) => readSecret(join(authorityFolder(dataDir), 'secrets.sqlite'), world),
    async close() {
      await together.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function readSecret(file: string, world: Bytes): Bytes {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const row = db.prepare('SELECT secret FROM secret WHERE world = ?').get(world);
    const secret = row?.['secret'];
    if (!(secret instanceof Uint8Array)) throw new Error('the authority knows no such world');
    return secret;
  } finally {
    db.close();
  }
}
