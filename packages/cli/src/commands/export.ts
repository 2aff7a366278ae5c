/** `fairground export`: a world's log as one `.fair` file. */
import type { Command } from 'commander';
import type { ExportFlags } from '../export/exportWorld.ts';

export function addExport(program: Command): void {
  program
    .command('export')
    .description('Write a world to a .fair file that anybody can verify offline.')
    .argument('<world>', 'world id, 52 characters')
    .option(
      '-o, --output <file>',
      'the file to write (default: the first 8 characters of the world id, .fair)',
    )
    .option(
      '--url <relay>',
      'read it from a running relay (default: from the data folder, DATA_DIR, default ./data)',
    )
    .option('--cap <capability>', 'the capability of a room that is not listed; with --url')
    .option('--json', 'print { world, size, file } as JSON')
    .addHelpText(
      'after',
      '\nThe file is verified before it is written. Exit code 0: written. 1: not valid, so not written. 2: not found or unreadable.',
    )
    .action(run);
}

async function run(world: string, flags: ExportFlags): Promise<void> {
  const { exportWorld } = await import('../export/exportWorld.ts');
  await exportWorld(world, flags);
}
