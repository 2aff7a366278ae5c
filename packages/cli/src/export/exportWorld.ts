/** A world's log as one `.fair` file, verified before it is written. */
import { writeFile } from 'node:fs/promises';
import {
  type Bytes,
  openWorld,
  parseGenesis,
  step,
  unwrap,
  verify,
  writeBundle,
  zipSource,
} from '@fairground/ledger';
import { parseCap, parseWorldId, type WorldId } from '@fairground/protocol';
import { gameFor, games } from '@fairground/rules';
import { CommandFailure } from '../failure.ts';
import { messageOf } from '../failureText.ts';
import { bold, counted, green, print, printJson } from '../terminal/print.ts';
import type { StoredLog } from './storedLog.ts';

export interface ExportFlags {
  readonly output?: string;
  readonly url?: string;
  readonly cap?: string;
  readonly json?: true;
}

export async function exportWorld(text: string, flags: ExportFlags): Promise<void> {
  const world = parseWorldId(text);
  if (!world.ok) throw new CommandFailure(`"${text}" is no world id: it has 52 small letters and digits.`);
  const file = flags.output ?? `${text.slice(0, 8)}.fair`;
  const log = await readLog(world.value, flags);
  const bytes = bundleOf(log);
  const files = await check(bytes, text);
  await writeFile(file, bytes).catch((error: unknown) => {
    throw new CommandFailure(`${file} cannot be written: ${messageOf(error)}.`);
  });
  const size = log.entries.length;
  if (flags.json) printJson({ world: text, size, file });
  else print(`${green('✓')} ${bold(counted(size, 'entry', 'entries'))} of world ${text} in ${file}${files}`);
}

async function readLog(world: WorldId, { url, cap }: ExportFlags): Promise<StoredLog> {
  if (url === undefined) return (await import('./readStore.ts')).readStore(world, process.env);
  const checked = cap === undefined ? undefined : parseCap(cap);
  if (checked && !checked.ok)
    throw new CommandFailure('A capability has 22 letters and digits: take it from the link of the room.');
  return (await import('./readRelay.ts')).readRelay(world, url, checked?.value);
}

/** The log without believing it: `check` decides. */
function bundleOf({ entries, checkpoint, blobs }: StoredLog): Bytes {
  const [first = new Uint8Array(0), ...rest] = entries;
  const genesis = parseGenesis(first);
  if (!genesis.ok)
    throw new CommandFailure(
      `What is kept of this world does not begin with a genesis (${genesis.code}).`,
      1,
    );
  const game = gameFor(genesis.value.game, genesis.value.version);
  if (!game)
    throw new CommandFailure(
      `${genesis.value.game} ${genesis.value.version} is not built in: use the program that wrote it, or a later one.`,
    );
  const world = unwrap(openWorld(game, first));
  for (const [i, bytes] of rest.entries()) {
    const stepped = step(game, world, bytes, { trustIntentSignatures: true });
    if (!stepped.ok)
      throw new CommandFailure(
        `What is kept of this world does not follow its rules at entry ${i + 1} (${stepped.code}), so it is not written.`,
        1,
      );
  }
  return writeBundle({ world, entries, checkpoint, blobs });
}

/** Says what of the files that entries name is not there, if anything. */
async function check(bytes: Bytes, world: string): Promise<string> {
  const { failure, checks } = await verify(unwrap(zipSource(bytes)), {
    games,
    level: 'full',
    anchors: [world],
  });
  if (failure)
    throw new CommandFailure(
      `What is kept of this world is not valid, so it is not written: ${failure.message} (${failure.code}).`,
      1,
    );
  const absent = /\d+ that entries name (?:is|are) not here$/.exec(
    checks.find(({ name }) => name === 'files')?.detail ?? '',
  );
  return absent ? `; pictures: ${absent[0]}` : '';
}
