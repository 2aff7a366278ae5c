/** `fairground replay`: an evening again, entry by entry in words, or the state at one entry as JSON. */
import { type Command, InvalidArgumentError } from 'commander';

interface ReplayFlags {
  readonly at?: number;
  readonly json?: true;
}

export function addReplay(program: Command): void {
  program
    .command('replay')
    .description('Play a log again by its rules: the whole story, or the state at one entry.')
    .argument('<place>', 'file, folder or address, as for verify')
    .option('--at <n>', 'print { index, time, state } after entry n, as a spectator sees it', parseIndex)
    .option('--json', 'without --at: one { index, time, kind, text } a line')
    .addHelpText(
      'after',
      '\nThe log is checked first (quick). Exit code 0: played. 1: not valid, so not played. 2: it could not be read.',
    )
    .action(run);
}

async function run(place: string, { at, json }: ReplayFlags): Promise<void> {
  const { showStateAt, showStory } = await import('../replay/replay.ts');
  if (at === undefined) await showStory(place, json === true);
  else await showStateAt(place, at);
}

function parseIndex(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give the index of an entry: 0 is the genesis.');
}
