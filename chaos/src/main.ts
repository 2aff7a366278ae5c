/** `pnpm chaos`: plays seeds in worker processes and says which promise was broken by which, and how little it takes. */
import { boot } from './boot.ts';
import { type Command, parseCommand, usage } from './command.ts';
import { sendCrew } from './crew.ts';
import type { Played } from './run/playSeed.ts';
import { work } from './worker.ts';

const write = (line: string) => void process.stdout.write(`${line}\n`);
const command = readCommand();
if (command.isWorker) await work();
else if (command.isLoud) await playLoudly(command);
else await playAll(command);

function readCommand(): Command {
  try {
    return parseCommand(process.argv.slice(2));
  } catch (fault) {
    write(`${fault instanceof Error ? fault.message : String(fault)}\n${usage}`);
    process.exit(2);
  }
}

async function playLoudly({ from }: Command): Promise<void> {
  const playSeed = await boot();
  const played = await playSeed(from, { trace: write, shrinks: false });
  write(describe(played));
  process.exit(played.failure ? 1 : 0);
}

async function playAll({ from, seeds, workers, isBrief }: Command): Promise<void> {
  const started = performance.now();
  const failed: Played[] = [];
  const sums = { steps: 0, checkpoints: 0, receipts: 0, entries: 0 };
  const { cpuMs } = await sendCrew({
    ...{ from, seeds, workers, shrinks: true, entry: new URL(import.meta.url) },
    played(one) {
      for (const what of Object.keys(sums) as (keyof typeof sums)[]) sums[what] += one[what];
      if (!one.failure) return true;
      failed.push(one);
      write(describe(one));
      return !isBrief;
    },
  });
  const { steps, checkpoints, receipts, entries } = sums;
  write(
    `${seeds} seeds from ${from}: ${steps} steps, ${checkpoints} checkpoints, ${receipts} receipts, ${entries} entries`,
  );
  write(`${seconds(performance.now() - started)} s, ${seconds(cpuMs)} s of processors`);
  write(
    failed.length === 0 ? 'every promise was kept' : `failed: ${failed.map(({ seed }) => seed).join(', ')}`,
  );
  process.exitCode = failed.length > 0 ? 1 : 0;
}

function describe({ seed, game, hash, failure, acts }: Played): string {
  if (!failure) return `seed ${seed} (${game}): every promise was kept, trace ${hash}`;
  const lines = (acts ?? []).map((act) => `  ${act}`);
  return [
    `seed ${seed} (${game}): ${failure.message}`,
    ...lines,
    `  again: pnpm chaos --from ${seed} --trace`,
  ].join('\n');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
