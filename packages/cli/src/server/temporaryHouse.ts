/** A relay and an authority of one's own on a free port, whose data goes away with them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTogether } from './openTogether.ts';

export interface TemporaryHouse {
  readonly url: string;
  close(): Promise<void>;
}

/** Many players share this machine's one address. */
const ADDRESS_FACTOR = '1000';

export async function openTemporaryHouse(): Promise<TemporaryHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'fairground-'));
  const together = await openTogether({
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: join(folder, 'data'),
    LOCK_DIR: join(folder, 'locks'),
    RELAY_ADDRESS_FACTOR: ADDRESS_FACTOR,
    RELAY_LOG_LEVEL: 'error',
    AUTHORITY_LOG_LEVEL: 'error',
  });
  return {
    url: `http://127.0.0.1:${together.server.port}`,
    async close() {
      await together.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
