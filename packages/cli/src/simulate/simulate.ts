/** Runs a party, writes what was played from the host's verified copy, verifies the file, and says how it went. */
import { writeFile } from 'node:fs/promises';
import { bytesToHex, type Bytes, verify, writeBundle, zipSource } from '@fairground/ledger';
import { games } from '@fairground/rules';
import { z } from 'zod';
import { CommandFailure } from '../failure.ts';
import { readNamedFiles } from '../export/readNamedFiles.ts';
import { openLog } from '../export/readRelay.ts';
import { messageOf } from '../failureText.ts';
import { bold, counted, green, print, printJson, table } from '../terminal/print.ts';
import { createProgress } from '../terminal/progress.ts';
import { gamePlan, type SimulatedGame } from './games.ts';
import { type Party, runParty } from './party.ts';
import { createSeed } from './seeds.ts';

export type { SimulatedGame } from './games.ts';

export interface SimulateFlags {
  readonly players?: number;
  readonly questions: number;
  readonly topics?: readonly string[];
  readonly seed: number;
  readonly url?: string;
  readonly patience: number;
  readonly output: string;
  readonly json?: true;
}

interface Row {
  /** did:key. */
  readonly key: string;
  readonly name: string;
  readonly points: number;
}

export async function simulate(game: SimulatedGame, flags: SimulateFlags): Promise<void> {
  const house = flags.url === undefined ? await ownHouse() : { url: flags.url, close: async () => {} };
  try {
    const party = await playAt(house.url, game, flags);
    const rows = standings(party);
    const size = party.log.entries.length;
    await save(flags.output, house.url, party);
    const result = { world: party.joined.world, size, players: rows, file: flags.output };
    if (flags.json) printJson(result);
    else show(result);
  } finally {
    await house.close();
  }
}

/** A relay and an authority on a free port, with a data folder that goes away again. */
async function ownHouse() {
  const { openTemporaryHouse } = await import('../server/temporaryHouse.ts');
  return openTemporaryHouse();
}

async function playAt(url: string, game: SimulatedGame, flags: SimulateFlags): Promise<Party> {
  const progress = createProgress(!flags.json);
  const seed = createSeed(flags.seed);
  try {
    const plan = await gamePlan({ url, game, flags, seed });
    return await runParty({ ...plan, url, seed, patienceMs: flags.patience * 1000, tell: progress.show });
  } finally {
    progress.end();
  }
}

async function save(file: string, url: string, party: Party): Promise<void> {
  const bytes = await bundleOf(url, party);
  await checkFile(bytes);
  await writeFile(file, bytes).catch((error: unknown) => {
    throw new CommandFailure(`${file} cannot be written: ${messageOf(error)}.`);
  });
}

async function bundleOf(url: string, { log, joined }: Party): Promise<Bytes> {
  const { opened, entries, checkpoint } = log;
  if (!opened || !checkpoint) throw new Error('a world that was played is open');
  const source = await openLog(joined.world, url, joined.cap ?? undefined);
  return writeBundle({
    ...{ world: opened.replayed, entries, checkpoint },
    blobs: await readNamedFiles(entries, source.read),
  });
}

async function checkFile(bytes: Bytes): Promise<void> {
  const source = zipSource(bytes);
  const failure = source.ok ? (await verify(source.value, { games, level: 'full' })).failure : source;
  if (failure)
    throw new CommandFailure(
      `What was played does not verify: ${failure.message ?? failure.code} (${failure.code}).`,
      1,
    );
}

/** Best first; as every player's own screen has it. */
function standings({ players }: Party): readonly Row[] {
  return players
    .map(({ key, did, name, view }) => ({ key: did, name, points: pointsOf(view, bytesToHex(key)) }))
    .sort((a, b) => b.points - a.points);
}

const Scored = z.object({ standings: z.array(z.object({ id: z.string(), points: z.int() })) });
const Won = z.object({ winner: z.string() });

/** A game without points gives one to its winner. */
function pointsOf(view: unknown, id: string): number {
  const scored = Scored.safeParse(view);
  if (scored.success) return scored.data.standings.find((standing) => standing.id === id)?.points ?? 0;
  const won = Won.safeParse(view);
  return won.success && won.data.winner === id ? 1 : 0;
}

function show({
  world,
  size,
  players,
  file,
}: {
  world: string;
  size: number;
  players: readonly Row[];
  file: string;
}): void {
  print(table(players.map(({ name, points }, i) => [i + 1, name, points])));
  print();
  print(`${green('✓')} ${bold(counted(size, 'entry', 'entries'))} of world ${world} are valid, in ${file}`);
  print(`  Check it yourself: fairground verify ${file} --level full`);
}
