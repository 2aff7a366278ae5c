/** `fairground successor`: ends a match whose signed end is lost, by one that goes on from it. */
import type { Command } from 'commander';

export interface SuccessorFlags {
  readonly receipts?: readonly string[];
  readonly log?: string;
  readonly escrow?: string;
  readonly opened?: string;
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
    .option('--log <place>', 'of an authority that is lost: a .fair file, a folder or the address of its log')
    .option(
      '--escrow <file>',
      'what was left in escrow for its successors, where it does not lie beside the log',
    )
    .option('--opened <file>', 'with --log: write the sealed answers that its end leaves closed, as JSON')
    .option('--json', 'print the plan as JSON')
    .addHelpText(
      'after',
      `
The authority must be stopped. Wait first: at every start the relay, witnesses and participants are asked for what
is missing, and whoever still holds it brings the match back whole. Only when nobody does, end it. The lost match is
never signed again; the successor is a new match of the same room, host and settings, and begins at the next start.

With --log the match is another authority's, lost for good with its keys, whose genesis names this authority as a
successor (AUTHORITY_SUCCESSORS there). The log is checked in full, the secret is taken out of escrow, and a new match
of the same host and settings is planned that says where it goes on.

Exit code 0: it is planned (again, the same one). 1: nothing is lost, a receipt does not fit, or this authority is not named. 2: it cannot be done.`,
    )
    .action(run);
}

async function run(world: string, flags: SuccessorFlags): Promise<void> {
  const { log } = flags;
  if (log !== undefined) {
    const { goOn } = await import('../successor/goOn.ts');
    return goOn(process.env, world, { ...flags, log });
  }
  const { endWorld } = await import('../successor/endWorld.ts');
  await endWorld(process.env, world, flags);
}
