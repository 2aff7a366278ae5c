/** `fairground import`: questions from files into the question bank. */
import { type Command, Option } from 'commander';
import type { ImportFormat } from '@fairground/questions';
import type { ImportFlags } from '../questions/importFiles.ts';

const formats = [
  'jsonl',
  'csv',
  'gift',
  'aiken',
  'opentdb',
  'opentriviaqa',
] as const satisfies readonly ImportFormat[];

export function addImport(program: Command): void {
  program
    .command('import')
    .description('Add questions to the question bank; also while the server runs.')
    .argument(
      '<files...>',
      'files or folders: CSV, GIFT, Aiken, Open Trivia DB, OpenTriviaQA, JSON, or a ZIP of these with their pictures, as "questions export" writes it',
    )
    .addOption(
      new Option('--format <format>', 'the form of all of them (default: what each file says)').choices(
        formats,
      ),
    )
    .option('--topic <slug>', "topic of all of them (default: what the question says, else the file's name)")
    .option('--language <tag>', 'language of questions that do not name theirs', 'en')
    .option('--source <name>', 'whom questions are from that do not name theirs')
    .option('--licence <licence>', 'the licence of that source, as in CC-BY-4.0', 'unknown')
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
