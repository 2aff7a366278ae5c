/** What is right: a world's entries, its intents, its notes and files, from which the search begins. */
import {
  type Bytes,
  decodeEntry,
  encodeEntry,
  hexToBytes,
  leafHash,
  merkleRoot,
  openWorld,
  seedSigner,
  signCheckpoint,
  step,
  unwrap,
  writeBundle,
} from '@fairground/ledger';
import { samples } from '@fairground/ledger/testing';
import type { AnyRulesGame } from '@fairground/rules';
import {
  createEvening,
  entriesOf,
  nimStory,
  playerOf,
  seat,
  secretOf,
  send,
  triviaStory,
  worldOf,
} from '@fairground/rules/testing';

export const bytes16 = new Uint8Array(16).fill(5);
export const bytes32 = new Uint8Array(32).fill(6);
export const sig = new Uint8Array(64).fill(7);
export const signer = seedSigner(new Uint8Array(32).fill(3));
export const key = signer.key;

export const stories = { nim: nimStory(), trivia: triviaStory() };
const logged = [stories.trivia, stories.nim].flatMap(({ entries }) =>
  entries.map((hex) => hexToBytes(hex) ?? new Uint8Array()),
);
const geneses = [stories.trivia, stories.nim].map(
  ({ entries }) => hexToBytes(entries[0] ?? '') ?? new Uint8Array(),
);

export const entrySeeds: readonly Bytes[] = [
  ...geneses,
  ...Object.values(samples).map(encodeEntry),
  ...logged.filter((_, i) => i % 7 === 3),
];

export const intentSeeds: readonly Bytes[] = logged
  .flatMap((bytes) => {
    const entry = decodeEntry(bytes);
    return entry.ok && entry.value.kind === 'intent' ? [entry.value.bytes] : [];
  })
  .filter((_, i) => i % 4 === 0);

const table = createEvening({ seed: 'fuzz', config: { questions: 1 } });
const host = playerOf(table, 'host');
seat(table, 'host', 'Bo');
send(table, host, 'start');
export const world = worldOf(table);
export const worldEntries = entriesOf(table).slice(0, world.size);
const root = merkleRoot(worldEntries.map(leafHash));
export const checkpoint = await signCheckpoint(seedSigner(secretOf('fuzz', 'authority')), {
  origin: world.origin,
  size: worldEntries.length,
  root,
});
export const bundle = writeBundle({ world, entries: worldEntries, checkpoint });

const mostStateBytes = 2_000;

/** The state of a story's world now and then, while it is small: small inputs are tried more often. */
export function statesOf(game: AnyRulesGame, story: keyof typeof stories): readonly Bytes[] {
  const [genesis = new Uint8Array(), ...rest] = stories[story].entries.map(
    (hex) => hexToBytes(hex) ?? new Uint8Array(),
  );
  const replayed = unwrap(openWorld(game, genesis));
  return rest.flatMap((bytes, i) => {
    unwrap(step(game, replayed, bytes, { trustIntentSignatures: true }));
    const state = game.encode(replayed.state) as Bytes;
    return i % 5 === 3 && state.length < mostStateBytes ? [state] : [];
  });
}
