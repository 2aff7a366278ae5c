/** A relay on its data folder: keys, SQLite, the system's clock. What `fairground relay` and `fairground start` run. */
import { randomBytes } from 'node:crypto';
import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RelayConfig } from './config.ts';
import { loadSecret } from './keys.ts';
import { type Log, systemClock } from './ports.ts';
import { type Relay, createRelay } from './relay.ts';
import { openSqliteStore } from './store/sqliteStore.ts';

/** Everything lies in `<dataDir>/relay/`; `address` is where phones find it. Throws with a sentence that says what to write instead. */
export async function openRelay(config: RelayConfig, log: Log, address = config.publicUrl): Promise<Relay> {
  await expectApp(config.staticDir);
  const random = (length: number) => new Uint8Array(randomBytes(length));
  const { secret, witnessSeed, store } = await openFolder(config.dataDir, random).catch((fault: unknown) => {
    throw new Error(
      `DATA_DIR=${config.dataDir} cannot be used (${messageOf(fault)}): write the path of a folder that may be written.`,
    );
  });
  return createRelay({ store, clock: systemClock, random, log }, { ...config, address, secret, witnessSeed });
}

async function openFolder(dataDir: string, random: (length: number) => Uint8Array) {
  const folder = join(dataDir, 'relay');
  // Capabilities of private rooms lie in it.
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return {
    secret: await loadSecret(join(folder, 'session.key'), random),
    witnessSeed: await loadSecret(join(folder, 'witness.key'), random),
    store: await openSqliteStore(join(folder, 'relay.sqlite')),
  };
}

/** Without it every page would be a server error. */
async function expectApp(staticDir: string | undefined): Promise<void> {
  if (staticDir === undefined) return;
  await access(join(staticDir, 'index.html')).catch(() => {
    throw new Error(
      `RELAY_STATIC_DIR=${staticDir} has no index.html: write the folder of a built app, or leave it out.`,
    );
  });
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
