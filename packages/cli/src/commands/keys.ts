/** `fairground keys`: which keys this data folder has, and where they lie; `keys rotate` hands the authority's on. */
import type { Command } from 'commander';

export interface KeysFlags {
  readonly json?: true;
}

export function addKeys(program: Command): void {
  const keys = program
    .command('keys')
    .description(
      'Show the public keys of the authority and the relay, and where the private ones lie (in DATA_DIR, default ./data).',
    )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nWorks without a server, and makes no keys: the first start does.')
    .action(run);
  keys
    .command('rotate')
    .description(
      "Hand the stopped authority's key on to a new one, with which everything is signed from now on.",
    )
    .addHelpText(
      'after',
      `
Every match that is open says so in its own log at the next start, signed by both keys; finished ones stay
valid under the old key, which is kept. Do this when somebody may have read the key file, or from time to time.
An old copy of the data folder is refused from then on. A relay of its own needs the new key in AUTHORITY_KEYS,
a witness of its own the new vkey before the old one in WITNESS_LOGS.`,
    )
    .action(runRotate);
}

async function runRotate(): Promise<void> {
  const { rotateKeys } = await import('../keys/rotateKeys.ts');
  await rotateKeys(process.env);
}

async function run(flags: KeysFlags): Promise<void> {
  const { showKeys } = await import('../keys/showKeys.ts');
  await showKeys(flags);
}
