/** `fairground keys`: which keys this data folder has, and where they lie. */
import type { Command } from 'commander';

export interface KeysFlags {
  readonly json?: true;
}

export function addKeys(program: Command): void {
  program
    .command('keys')
    .description(
      'Show the public keys of the authority and the relay, and where the private ones lie (in DATA_DIR, default ./data).',
    )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nWorks without a server, and makes no keys: the first start does.')
    .action(run);
}

async function run(flags: KeysFlags): Promise<void> {
  const { showKeys } = await import('../keys/showKeys.ts');
  await showKeys(flags);
}
