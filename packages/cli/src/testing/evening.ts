/** A small trivia evening as a `.fair` file, for tests of what reads one. */
import {
  type Bytes,
  hexToBytes,
  leafHash,
  merkleRoot,
  openWorld,
  seedSigner,
  signCheckpoint,
  step,
  unwrap,
  type World,
  writeBundle,
} from '@fairground/ledger';
import { trivia } from '@fairground/rules';
import {
  answer,
  createEvening,
  entriesOf,
  partyStory,
  playerOf,
  rightChoice,
  seat,
  secretOf,
  send,
  wait,
  worldOf,
  wrongChoice,
} from '@fairground/rules/testing';

export interface EveningFile {
  readonly bytes: Bytes;
  readonly entries: readonly Bytes[];
  readonly world: Bytes;
}

/** The host is right and Bo is wrong in every question. */
export async function eveningFile(seed: string, questions = 2): Promise<EveningFile> {
  const table = createEvening({ seed, config: { questions } });
  const host = playerOf(table, 'host');
  const [, bo = host] = seat(table, 'host', 'Bo');
  send(table, host, 'start');
  for (let i = 0; i < questions; i++) {
    wait(table, 1_000);
    answer(table, host, rightChoice(table, seed));
    answer(table, bo, wrongChoice(table, seed));
    wait(table, 2_000);
    send(table, host, 'next');
  }
  send(table, host, 'close');
  return bundleOf(worldOf(table), entriesOf(table), seed);
}

/** The golden party: teams, every kind of question, and all that a host may do. */
export async function partyFile(): Promise<EveningFile> {
  const entries = partyStory().entries.map((hex) => hexToBytes(hex) ?? new Uint8Array(0));
  const [genesis = new Uint8Array(0), ...rest] = entries;
  const world = unwrap(openWorld(trivia, genesis));
  for (const bytes of rest) unwrap(step(trivia, world, bytes, { trustIntentSignatures: true }));
  return bundleOf(world, entries, 'golden party');
}

async function bundleOf(
  world: World<unknown>,
  entries: readonly Bytes[],
  seed: string,
): Promise<EveningFile> {
  const signer = seedSigner(secretOf(seed, 'authority'));
  const root = merkleRoot(entries.map(leafHash));
  const checkpoint = await signCheckpoint(signer, { origin: world.origin, size: entries.length, root });
  return { bytes: writeBundle({ world, entries, checkpoint }), entries, world: world.opening.world };
}
