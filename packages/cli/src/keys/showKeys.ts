/** The public halves of a data folder's keys, and where the private ones lie. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  authorityFolder,
  defaultName,
  KEY_FILE,
  lockFolderOf,
  readAuthorityConfig,
  readFormerSeeds,
} from '@fairground/authority';
import { type Bytes, formatVkey, hexToBytes, keyToDid, logVkey, publicKeyFromSeed } from '@fairground/ledger';
import { dataDirOf } from '../dataDir.ts';
import { CommandFailure } from '../failure.ts';
import { bold, dim, print, printJson } from '../terminal/print.ts';

interface Keys {
  readonly authority: {
    readonly did: string;
    /** Keys that were handed on, the oldest first. */
    readonly former: readonly string[];
    readonly name: string;
    readonly vkey: string;
    readonly file: string;
    /** Remembers what was signed last. */
    readonly lock: string;
  } | null;
  /** Signs the relay's word that it saw an intent. */
  readonly relay: { readonly did: string; readonly file: string } | null;
}

export async function showKeys({ json }: { readonly json?: true }): Promise<void> {
  const dataDir = dataDirOf(process.env);
  const keys: Keys = { authority: await authorityKeys(dataDir), relay: await relayKeys(dataDir) };
  if (json) printJson(keys);
  else print(describe(keys, dataDir));
}

async function authorityKeys(dataDir: string): Promise<Keys['authority']> {
  const folder = authorityFolder(dataDir);
  const file = join(folder, KEY_FILE);
  if (!existsSync(file)) return null;
  const former = (await readFormerSeeds(folder)).map(publicKeyFromSeed);
  const key = publicKeyFromSeed(checked(hexToBytes((await readFile(file, 'utf8')).trim()), file));
  const config = readAuthorityConfig(process.env);
  if (!config.ok) throw new CommandFailure(config.message ?? config.code);
  const name = config.value.name ?? defaultName(former[0] ?? key);
  const lock = lockFolderOf(config.value.lockDir, key);
  const vkey = formatVkey(logVkey(name, key));
  return { did: keyToDid(key), former: former.map(keyToDid), name, vkey, file, lock };
}

async function relayKeys(dataDir: string): Promise<Keys['relay']> {
  const file = join(dataDir, 'relay', 'witness.key');
  if (!existsSync(file)) return null;
  return { did: keyToDid(publicKeyFromSeed(checked(new Uint8Array(await readFile(file)), file))), file };
}

function checked(seed: Bytes | undefined, file: string): Bytes {
  if (seed?.length === 32) return seed;
  throw new CommandFailure(`${file} holds no key: restore it from a backup.`);
}

function describe({ authority, relay }: Keys, dataDir: string): string {
  if (!authority && !relay)
    return `There are no keys in ${dataDir} yet: the first "fairground start" makes them.`;
  const lines: string[] = [];
  if (authority) {
    const { did, former, name, vkey, file, lock } = authority;
    lines.push(
      bold('Authority'),
      `  key     ${did}`,
      ...former.map((old) => dim(`  before  ${old}`)),
      `  name    ${name}`,
      `  vkey    ${vkey}`,
      dim(`  private ${file}`),
      dim(`  lock    ${lock}`),
    );
  }
  if (relay) lines.push(bold('Relay'), `  key     ${relay.did}`, dim(`  private ${relay.file}`));
  return lines.join('\n');
}
