/** `fairground fsck`: proves a data folder again from outside. */
import type { Command } from 'commander';

export interface FsckFlags {
  readonly json?: true;
}

export function addFsck(program: Command): void {
  program
    .command('fsck')
    .description("Prove an authority's data folder again: every tree, checkpoint, chain, state and lock.")
    .argument('[folder]', 'the data folder (default: DATA_DIR, or ./data)')
    .option('--json', 'print what was found as JSON')
    .addHelpText('after', '\nExit code 0: sound. 1: something is wrong. 2: it cannot be read.')
    .action(run);
}

async function run(folder: string | undefined, flags: FsckFlags): Promise<void> {
  const { runFsck } = await import('../fsck/runFsck.ts');
  await runFsck(folder, flags);
}
