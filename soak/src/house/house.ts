/** A relay and an authority as an operator runs them: two commands or one, on one port, with data that survives them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOCK_FILE, authorityFolder, loadSeed, lockFolderOf } from '@fairground/authority';
import { type Bytes, keyToDid, publicKeyFromSeed, randomBytes } from '@fairground/ledger';
import { type Command, type Environment, launch } from './command.ts';

/** `apart` is two processes, `together` one. */
export type Layout = 'apart' | 'together';
export type Part = 'relay' | 'authority';

export interface House {
  readonly url: string;
  readonly layout: Layout;
  /** The authority's public key. */
  readonly key: Bytes;
  readonly dataDir: string;
  readonly lockDir: string;
  readonly env: Environment;
  /** What runs a part now; in one process it is the same for both. */
  process(part: Part): Command;
  /** Starts what does not run; resolves when it says that it does. */
  start(): Promise<void>;
  /** With SIGKILL unless another signal is given; all of them, when the parts are one process. */
  stop(parts: readonly Part[], signal?: NodeJS.Signals): Promise<void>;
  /** Ends everything and forgets the data. */
  close(): Promise<void>;
}

export interface HouseWish {
  readonly layout: Layout;
  /** Where the data lies; a temporary folder if not given. */
  readonly folder?: string;
  /** Where the lock lies; in the folder if not given. */
  readonly lockDir?: string;
  readonly env?: Environment;
}

export async function openHouse(wish: HouseWish): Promise<House> {
  const home = await mkdtemp(join(tmpdir(), 'fairground-soak-'));
  const folder = wish.folder ?? home;
  const dataDir = join(folder, 'data');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const lockDir = wish.lockDir ?? join(folder, 'locks');
  const settled: Environment = {
    ...{ PORT: String(port), HOST: '127.0.0.1', RELAY_URL: url, RELAY_ADDRESS_FACTOR: '1000' },
    ...{ DATA_DIR: dataDir, LOCK_DIR: lockDir, AUTHORITY_COLLECT_MS: '300' },
    ...{ RELAY_LOG_LEVEL: 'warn', AUTHORITY_LOG_LEVEL: 'warn' },
    ...wish.env,
  };
  // A relay takes authorities that it was told of, so the key has to be there first.
  const key = publicKeyFromSeed(await loadSeed(authorityFolder(dataDir), randomBytes));
  const env = { ...settled, AUTHORITY_KEYS: keyToDid(key) };
  const running = new Map<string, Command>();
  const commandOf = (part: Part) => (wish.layout === 'together' ? 'start' : part);

  async function begin(name: string): Promise<void> {
    if (running.get(name)?.isGone === false) return;
    const started = launch([name], env);
    running.set(name, started);
    await started.says(/http:\/\//);
  }

  async function stop(parts: readonly Part[], signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const names = [...new Set(parts.map(commandOf))];
    await Promise.all(names.flatMap((name) => running.get(name)?.end(signal) ?? []));
  }

  return {
    ...{ url, layout: wish.layout, key, dataDir, lockDir, env, stop },
    process(part) {
      const found = running.get(commandOf(part));
      if (!found) throw new Error(`the ${part} was never started`);
      return found;
    },
    async start() {
      for (const part of ['relay', 'authority'] as const) await begin(commandOf(part));
    },
    async close() {
      await stop(['relay', 'authority']);
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Where the authority remembers what it has signed. */
export function lockFileOf({ lockDir, key }: Pick<House, 'lockDir' | 'key'>): string {
  return join(lockFolderOf(lockDir, key), LOCK_FILE);
}

/** One that was free a moment ago; a server that is started again needs the same one. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
