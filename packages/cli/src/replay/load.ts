/** The entries of a log that was checked, and its rules. */
import {
  type Bytes,
  type BundleSource,
  decodeEntryBundle,
  bundlesForSize,
  openWorld,
  parseCheckpoint,
  parseGenesis,
  parseNote,
  tilePath,
  unwrap,
  verify,
  type World,
} from '@fairground/ledger';
import { type AnyRulesGame, gameFor, games } from '@fairground/rules';
import { CommandFailure } from '../failure.ts';
import { exitCodeOf } from '../verify/describe.ts';
import { openSource } from '../verify/source.ts';

export interface LoadedLog {
  readonly game: AnyRulesGame;
  /** As it stands after the genesis. */
  readonly world: World<unknown>;
  readonly entries: readonly Bytes[];
}

/** Throws a `CommandFailure` for a log that does not verify: what it tells would be a tale. */
export async function loadLog(place: string): Promise<LoadedLog> {
  const opened = await openSource(place);
  if (!opened.ok)
    throw new CommandFailure(`${place} is damaged (${opened.code}). Run: fairground verify ${place}`, 1);
  const report = await verify(opened.value, { games, level: 'quick' });
  if (report.failure) {
    const { message, code } = report.failure;
    throw new CommandFailure(
      `${place} does not verify, so it is not played: ${message} (${code}).`,
      exitCodeOf(report) === 2 ? 2 : 1,
    );
  }
  const entries = await readEntries(opened.value, await readMember(opened.value, 'checkpoint'));
  const [genesisBytes = new Uint8Array(0)] = entries;
  const genesis = unwrap(parseGenesis(genesisBytes));
  const game = gameFor(genesis.game, genesis.version);
  if (!game) throw new Error('a log that verifies has built-in rules');
  return { game, world: unwrap(openWorld(game, genesisBytes)), entries };
}

/** All that the checkpoint covers, unverified. */
export async function readEntries(source: BundleSource, checkpoint: Bytes): Promise<readonly Bytes[]> {
  const note = unwrap(parseNote(checkpoint));
  const { size } = unwrap(parseCheckpoint(note.text));
  const entries: Bytes[] = [];
  for (const { level, n, width } of bundlesForSize(size)) {
    entries.push(...unwrap(decodeEntryBundle(await readMember(source, tilePath(level, n, width)))));
  }
  return entries;
}

export async function readMember(source: BundleSource, path: string): Promise<Bytes> {
  const bytes = await source.read(path);
  if (!bytes) throw new CommandFailure(`The log has no ${path}.`);
  return bytes;
}
