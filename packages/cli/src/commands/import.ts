/** `fairground import`: questions from files into the question bank. */
import type { Command } from 'commander';
import type { ImportFlags } from '../questions/importFiles.ts';

export function addImport(program: Command): void {
  program
    .command('import')
    .description('Add questions to the question bank; also while the server runs.')
    .argument('<files...>', 'files or folders: OpenTriviaQA text, or JSON in the form of "questions export"')
    .option('--topic <slug>', "topic of all of them (default: what the question says, else the file's name)")
    .option('--language <tag>', 'language of questions that do not name theirs', 'en')
    .option('--json', 'print { imported, merged, refused, ms } as JSON')
    .addHelpText(
      'after',
      '\nThe bank lies in DATA_DIR (default ./data).\nExit code 0: something was imported or merged. 1: all was refused. 2: a file cannot be read.',
    )
    .action(run);
}

async function run(paths: readonly string[], flags: ImportFlags): Promise<void> {
  const { importFiles } = await import('../questions/importFiles.ts');
  await importFiles(paths, flags);
}
