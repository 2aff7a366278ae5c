/** `fairground simulate`: a whole party of real clients, through a real relay and authority, to a verified file. */
import { Argument, type Command, InvalidArgumentError } from 'commander';
import type { SimulateFlags, SimulatedGame } from '../simulate/simulate.ts';

export function addSimulate(program: Command): void {
  program
    .command('simulate')
    .description('Play a whole match with simulated players and verify it.')
    .addArgument(
      new Argument('<game>', 'what is played').choices(['trivia', 'nim'] satisfies SimulatedGame[]),
    )
    .option('--players <n>', 'how many play (default: 8 in trivia; nim has two)', wholeNumber(1, 200))
    .option('--questions <n>', 'how many questions are asked', wholeNumber(1, 50), 10)
    .option('--topics <slugs>', 'topics, separated by commas (default: what the bank has most of)', splitList)
    .option('--kinds <kinds>', 'kinds of question, separated by commas (default: choice,boolean)', splitList)
    .option(
      '--seed <n>',
      'decides keys, names, answers and pauses',
      wholeNumber(0, Number.MAX_SAFE_INTEGER),
      1,
    )
    .option(
      '--url <relay>',
      'an existing server (default: one of its own, with the starter questions, on a free port)',
    )
    .option('--patience <seconds>', 'after this long it has failed', wholeNumber(1, 86_400), 120)
    .option('-o, --output <file>', 'where the match is written as a .fair file', 'evening.fair')
    .option('--json', 'print { world, size, players, file } as JSON')
    .addHelpText(
      'after',
      '\nExit code 0: everybody saw the end and the file is valid. 1: not so. 2: it could not be tried.',
    )
    .action(run);
}

async function run(game: SimulatedGame, flags: SimulateFlags): Promise<void> {
  const { simulate } = await import('../simulate/simulate.ts');
  await simulate(game, flags);
}

function wholeNumber(min: number, max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
  };
}

function splitList(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
