/** `fairground questions`: what is in the bank, and out of it again. */
import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
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

interface BankFlags extends ExportFlags {
  readonly output?: string;
}

interface GenerateFlags extends ExportFlags {
  readonly count: number;
  readonly seed: string;
}

const mostGenerated = 100_000;

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
    .addOption(
      new Option(
        '-o, --output <file>',
        'a ZIP of the questions with their pictures, which "import" takes whole',
      ).conflicts('format'),
    )
    .action(async ({ topic, format, output }: BankFlags) => {
      const { exportBank, exportPack } = await import('../questions/exportBank.ts');
      await (output === undefined ? exportBank(topic, format) : exportPack(topic, output));
    });
  questions
    .command('flagged')
    .description(
      'What players have reported, most reports first, with what they wrote. It is not asked until looked at.',
    )
    .option('--json', 'print JSON')
    .action(async ({ json }: ListFlags) => {
      const { listFlagged } = await import('../questions/flagged.ts');
      await listFlagged(json === true);
    });
  questions
    .command('settle')
    .description('Somebody has looked: a reported question is asked again, or never more.')
    .argument('<id>', 'as `questions flagged` prints it')
    .addArgument(new Argument('<verdict>', 'what becomes of it').choices(['keep', 'retire']))
    .action(async (id: string, verdict: 'keep' | 'retire') => {
      const { settleFlagged } = await import('../questions/flagged.ts');
      await settleFlagged(id, verdict);
    });
  questions
    .command('generate')
    .description('Write fresh questions, composed from facts, to stdout. The same seed gives the same ones.')
    .option('--count <n>', `how many, 1 to ${mostGenerated}`, parseCount, 20)
    .option('--seed <text>', 'what decides which', '1')
    .option('--topic <slug>', 'only this topic (default: all that there are facts about)')
    .addOption(new Option('--format <format>', 'the form').choices(formats).default('jsonl'))
    .addHelpText('after', '\nExit code 0: written. 1: the facts gave fewer than --count. 2: wrong use.')
    .action(async (flags: GenerateFlags) => {
      const { generate } = await import('../questions/generate.ts');
      await generate(flags);
    });
}

function parseCount(text: string): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= mostGenerated) return count;
  throw new InvalidArgumentError(`Give a number from 1 to ${mostGenerated}.`);
}
