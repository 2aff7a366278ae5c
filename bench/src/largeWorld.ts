/** A large trivia world, played in memory with real keys, seals and signatures. */
import {
  type Bytes,
  leafHash,
  merkleRoot,
  seedSigner,
  signCheckpoint,
  type World,
  writeBundle,
} from '@fairground/ledger';
import {
  answer,
  createEvening,
  entriesOf,
  joinBody,
  playerOf,
  secretOf,
  send,
  stateOf,
  wait,
  worldOf,
} from '@fairground/rules/testing';

export interface LargeWorld {
  readonly world: World<unknown>;
  readonly entries: readonly Bytes[];
  readonly bundle: Bytes;
}

export interface LargeWorldOptions {
  readonly seed: string;
  readonly players: number;
  readonly questions: number;
}

/** About players × (questions + 1) entries; everybody answers everything. */
export async function makeLargeWorld({ seed, players, questions }: LargeWorldOptions): Promise<LargeWorld> {
  const table = createEvening({ seed, config: { questions, seats: Math.max(10, players), streak: true } });
  const host = playerOf(table, 'host');
  const guests = Array.from({ length: players - 1 }, (_, i) => playerOf(table, `Guest ${i}`));
  const seats = [host, ...guests];
  for (const player of seats)
    must(send(table, player, 'join', joinBody(player, player.name), { quiet: true }));
  must(send(table, host, 'start'));
  for (let question = 0; question < questions; question++) {
    wait(table, 500);
    const last = seats.length - 1;
    seats.forEach((player, i) => must(answer(table, player, i % 2, { quiet: i < last })));
    wait(table, 1_000);
    if (stateOf(table).phase === 'revealed') must(send(table, host, 'next'));
  }
  must(send(table, host, 'close'));
  const world = worldOf(table);
  const entries = entriesOf(table);
  const root = merkleRoot(entries.map(leafHash));
  const signer = seedSigner(secretOf(seed, 'authority'));
  const checkpoint = await signCheckpoint(signer, { origin: world.origin, size: entries.length, root });
  return { world, entries, bundle: writeBundle({ world, entries, checkpoint }) };
}

function must(refused: string | undefined): void {
  if (refused !== undefined) throw new Error(`the large world was refused: ${refused}`);
}
