/** `fairground questions`: what is in the bank, and out of it again. */
import { type Command, Option } from 'commander';
import type { ExportFormat } from '@fairground/questions';

const formats = [
  'jsonl',
  'csv',
  'gift',
  'aiken',
  'opentdb',
  'opentriviaqa',
] as const satisfies readonly ExportFormat[];

interface ListFlags {
  readonly topic?: string;
  readonly json?: true;
}

interface ExportFlags {
  readonly topic?: string;
  readonly format: ExportFormat;
}

export function addQuestions(program: Command): void {
  const questions = program
    .command('questions')
    .description('List or export the question bank (in DATA_DIR, default ./data).');
  questions
    .command('list')
    .description('Topics and how many questions each has; with --topic the questions themselves.')
    .option('--topic <slug>', 'list the questions of this topic')
    .option('--json', 'print JSON')
    .action(async (flags: ListFlags) => {
      const { listQuestions } = await import('../questions/listQuestions.ts');
      await listQuestions(flags);
    });
  questions
    .command('export')
    .description('Write the questions to stdout; what the format cannot say is named on stderr.')
    .option('--topic <slug>', 'only this topic (default: all)')
    .addOption(new Option('--format <format>', 'the form').choices(formats).default('jsonl'))
    .action(async ({ topic, format }: ExportFlags) => {
      const { exportBank } = await import('../questions/exportBank.ts');
      await exportBank(topic, format);
    });
}
