/** `fairground successor`: ends a match whose signed end is lost, by one that goes on from it. */
import type { Command } from 'commander';

export interface SuccessorFlags {
  readonly receipts?: readonly string[];
  readonly json?: true;
}

export function addSuccessor(program: Command): void {
  program
    .command('successor')
    .description(
      'End a match whose signed end is lost, by a successor under a new origin that says what was lost.',
    )
    .argument(
      '<world>',
      "the world's id; fairground fsck lists those of which the lock remembers more than the log holds",
    )
    .option(
      '--receipts <files...>',
      "receipts files of players (the app's replay page saves them): they are named as void",
    )
    .option('--json', 'print the plan as JSON')
    .addHelpText(
      'after',
      `
The authority must be stopped. Wait first: at every start the relay, witnesses and participants are asked for what
is missing, and whoever still holds it brings the match back whole. Only when nobody does, end it. The lost match is
never signed again; the successor is a new match of the same room, host and settings, and begins at the next start.

Exit code 0: it is planned (again, the same one). 1: nothing is lost, or a receipt does not fit. 2: it cannot be done.`,
    )
    .action(run);
}

async function run(world: string, flags: SuccessorFlags): Promise<void> {
  const { endWorld } = await import('../successor/endWorld.ts');
  await endWorld(process.env, world, flags);
}
