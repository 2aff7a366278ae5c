/** `fairground verify`: is this log what its rules make of it, and whose word is it? */
import { type Command, Option } from 'commander';
import type { VerifyLevel } from '@fairground/ledger';

interface VerifyFlags {
  readonly level: VerifyLevel;
  readonly anchor?: readonly string[];
  readonly known?: string;
  readonly proof?: string;
  readonly receipt?: string;
  readonly out?: string;
  readonly json?: true;
  readonly quiet?: true;
}

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('Verify a log offline: a .fair file, an unzipped folder, or an address.')
    .argument('[place]', 'file, folder, https://…/log/<world>, or https://….fair')
    .addOption(
      new Option(
        '--level <level>',
        'quick: tree, rules and states; full: also every signature, commitment and opening',
      )
        .choices(['quick', 'full'])
        .default('full'),
    )
    .option(
      '--anchor <name>',
      'world id, vkey or did:key that it must be; may be given more than once',
      collect,
    )
    .option(
      '--known <file>',
      'a file of did:key or vkey lines, one an authority that you know (with --proof or --receipt: a relay)',
    )
    .option(
      '--proof <file>',
      'judge a proof of a fault (with the log, if the proof leaves its entries out), or a .tlog-proof of one entry by the key of --anchor or --known',
    )
    .option(
      '--receipt <file>',
      'with a log: is what this file was told (a receipt, a sighting) in it? If not, that is a proof',
    )
    .option('-o, --out <file>', 'with --receipt: where to write the proof')
    .option('--json', 'print the report as JSON')
    .option('--quiet', 'print one line')
    .addHelpText(
      'after',
      '\nExit code 0: valid. 1: not valid. 2: not decided (unreadable, or rules that are not built in).\nWith --proof and --receipt: 0: it convicts. 1: it proves nothing. With a .tlog-proof: 0: the entry is in the log. 1: it is not shown.',
    )
    .action(run);
}

async function run(place: string | undefined, flags: VerifyFlags): Promise<void> {
  if (flags.proof !== undefined) return runProof(flags.proof, place, flags);
  if (place !== undefined && flags.receipt !== undefined) return runReceipt(place, flags.receipt, flags);
  if (place !== undefined) return runLog(place, flags);
  const { CommandFailure } = await import('../failure.ts');
  throw new CommandFailure(
    'Say what to verify: a .fair file, a folder, an address, or a fault with --proof.',
  );
}

/** 0: it convicts, or the entry is in the log. 1: it proves nothing. */
async function runProof(
  file: string,
  place: string | undefined,
  { json, known, anchor: anchors = [] }: VerifyFlags,
): Promise<void> {
  const [
    { games },
    { judgeProof, describeJudgement, readProof },
    { describeEntry, isEntryProof, judgeEntry },
    { readKnownKeys },
    { print, printJson },
  ] = await Promise.all([
    import('@fairground/rules'),
    import('../verify/judgeProof.ts'),
    import('../verify/judgeEntry.ts'),
    import('../verify/known.ts'),
    import('../terminal/print.ts'),
  ]);
  const knownKeys = known === undefined ? [] : await readKnownKeys(known);
  const bytes = await readProof(file);
  if (isEntryProof(bytes)) {
    const judgement = await judgeEntry(file, bytes, { anchors, known: knownKeys });
    if (json) printJson(judgement);
    else print(describeEntry(judgement));
    process.exitCode = judgement.verdict === 'proven' ? 0 : 1;
    return;
  }
  const judgement = await judgeProof(file, bytes, { games, relays: knownKeys, place });
  if (json) printJson(judgement);
  else print(describeJudgement(judgement));
  process.exitCode = judgement.verdict === 'convicts' ? 0 : 1;
}

/** 0: it convicts. 1: what was promised is there, or it proves nothing. */
async function runReceipt(place: string, file: string, { json, known, out }: VerifyFlags): Promise<void> {
  const [{ games }, { judgeReceipt }, { describeJudgement }, { readKnownKeys }, { print, printJson }] =
    await Promise.all([
      import('@fairground/rules'),
      import('../verify/judgeReceipt.ts'),
      import('../verify/judgeProof.ts'),
      import('../verify/known.ts'),
      import('../terminal/print.ts'),
    ]);
  const relays = known === undefined ? [] : await readKnownKeys(known);
  const judgement = await judgeReceipt(place, file, { games, relays, out });
  if (json) printJson(judgement);
  else print(describeJudgement(judgement));
  process.exitCode = judgement.verdict === 'convicts' ? 0 : 1;
}

async function runLog(place: string, { level, anchor = [], known, json, quiet }: VerifyFlags): Promise<void> {
  const [
    { games },
    { verifyPlace },
    { describeReport, exitCodeOf, headline },
    { readKnownKeys },
    { print, printJson },
  ] = await Promise.all([
    import('@fairground/rules'),
    import('../verify/verifyPlace.ts'),
    import('../verify/describe.ts'),
    import('../verify/known.ts'),
    import('../terminal/print.ts'),
  ]);
  const knownKeys = known === undefined ? [] : await readKnownKeys(known);
  const showProgress = !json && !quiet;
  const report = await verifyPlace(place, games, { level, anchors: anchor, knownKeys, showProgress });
  if (json) printJson(report);
  else print(quiet ? headline(report) : describeReport(report));
  process.exitCode = exitCodeOf(report);
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
