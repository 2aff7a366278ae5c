/** A relay on its data folder: keys, SQLite, the system's clock. What `fairground relay` and `fairground start` run. */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RelayConfig } from './config.ts';
import { loadSecret } from './keys.ts';
import { type Log, systemClock } from './ports.ts';
import { type Relay, createRelay } from './relay.ts';
import { openSqliteStore } from './store/sqliteStore.ts';

/** Everything lies in `<dataDir>/relay/`; `address` is where phones find it. Throws with a sentence when the folder cannot be used. */
export async function openRelay(config: RelayConfig, log: Log, address = config.publicUrl): Promise<Relay> {
  const folder = join(config.dataDir, 'relay');
  const random = (length: number) => new Uint8Array(randomBytes(length));
  await mkdir(folder, { recursive: true });
  const secret = await loadSecret(join(folder, 'session.key'), random);
  const witnessSeed = await loadSecret(join(folder, 'witness.key'), random);
  const store = await openSqliteStore(join(folder, 'relay.sqlite'));
  return createRelay({ store, clock: systemClock, random, log }, { ...config, address, secret, witnessSeed });
}
