/** `fairground results`: who came where in a match, as a table, CSV or JSON. */
import type { Command } from 'commander';
import type { ResultsFlags } from '../results/showResults.ts';

export function addResults(program: Command): void {
  program
    .command('results')
    .description('Who came where in a match, and how each question went for each.')
    .argument('<place>', 'file, folder or address, as for verify')
    .option('--csv', 'CSV: rank, name, points, right, asked, key, and hit, miss or none for each question')
    .option('--json', 'the same as JSON')
    .addHelpText(
      'after',
      '\nThe log is checked first (quick). Exit code 0: shown. 1: not valid, so not shown. 2: it could not be read, or has no results.',
    )
    .action(run);
}

async function run(place: string, flags: ResultsFlags): Promise<void> {
  const { showResults } = await import('../results/showResults.ts');
  await showResults(place, flags);
}
