import { describe, expect, it } from 'vitest';
import { bytesToBase64url } from './baseText.ts';
import type { Bytes } from './bytes.ts';
import { seedSigner, type Signer } from './ed25519.ts';
import type { RotateEntry } from './entry.ts';
import { encodeEntry } from './entryCodec.ts';
import { judgeFault } from './faultProof.ts';
import { logVkey } from './genesis.ts';
import { rotationsAmong, verifyHandOvers } from './handOvers.ts';
import { appendLeaf, emptyFrontier, leafHash } from './merkle.ts';
import { makeRotate } from './rotate.ts';
import { sha256 } from './sha256.ts';
import { encodeWorld } from './snapshot.ts';
import { makeStateFaultProof } from './stateFault.ts';
import { counter, openDriver, signEntries } from './testing/index.ts';

const signerOf = (byte: number) => seedSigner(new Uint8Array(32).fill(byte));
const [second, third, stranger] = [signerOf(1), signerOf(2), signerOf(3)];
const driver = openDriver({ game: counter, config: { goal: 9 }, seed: 'hand overs' });
const { authority: first, world } = driver;
const from = world.opening.genesis.authority.key;
for (let i = 0; i < 300; i++) driver.append({ kind: 'time' });

const rotate = (size: number, old: Signer, to: Signer): Promise<RotateEntry> =>
  makeRotate({ ...world, size }, { from: old, to }, driver.now);
const [one, two] = [await rotate(9, first, second), await rotate(20, second, third)].map(encodeEntry);
const chain: readonly Bytes[] = [one ?? new Uint8Array(0), two ?? new Uint8Array(0)];

function led(rotations: readonly Bytes[], change: { to?: Bytes; before?: number; world?: Bytes } = {}) {
  const claim = { world: world.opening.world, from, to: third.key, before: 100, rotations, ...change };
  const handed = verifyHandOvers(claim);
  return handed.ok ? handed.value.map(({ index }) => index).join() : handed.code;
}

describe('[L169] rotations told without the log', () => {
  it('lead from the key of the genesis to a later one, each at its place', () => {
    expect(led(chain)).toBe('9,20');
    expect(led(chain.slice(0, 1), { to: second.key })).toBe('9');
    expect(led([], { to: from })).toBe('');
  });

  it.each<[string, () => string | Promise<string>, string]>([
    ['none of them', () => led([]), 'rotations_lead_elsewhere'],
    ['the last left out', () => led(chain.slice(0, 1)), 'rotations_lead_elsewhere'],
    ['the first left out', () => led(chain.slice(1)), 'rotate_signature'],
    ['one twice', () => led([...chain.slice(0, 1), ...chain]), 'rotations_order'],
    ['backwards', () => led(chain.toReversed()), 'rotate_signature'],
    ['a place that is not before', () => led(chain, { before: 20 }), 'rotations_order'],
    ['another world', () => led(chain, { world: new Uint8Array(32) }), 'rotate_signature'],
    ['another entry', () => led([encodeEntry({ kind: 'time', at: 1 })]), 'rotations_malformed'],
    ['no entry', () => led([new Uint8Array(3)]), 'rotations_malformed'],
    ['too many', () => led(Array.from({ length: 33 }, () => chain).flat()), 'rotations_malformed'],
    [
      'in place of the genesis',
      async () => led([encodeEntry(await rotate(0, first, third))]),
      'rotations_order',
    ],
    [
      'signed by the new key alone',
      async () => led([encodeEntry(await rotate(9, stranger, third))]),
      'rotate_signature',
    ],
    [
      'back by a key that was handed on',
      async () => led([...chain, encodeEntry(await rotate(30, second, stranger))], { to: stranger.key }),
      'rotate_signature',
    ],
  ])('are refused: %s', async (_, told, code) => {
    expect(await told()).toBe(code);
  });

  it('are found among a log’s entries', () => {
    expect(rotationsAmong([...driver.entries, ...chain])).toEqual(chain);
  });
});

it('[L168] a snapshot convicts the key to which rotations lead, and a forged rotation hands it to nobody', async () => {
  const size = driver.entries.length;
  const snapshot = encodeWorld(counter, { ...world, authorityKey: stranger.key });
  const state = encodeEntry({ kind: 'state', at: driver.now, hash: sha256(snapshot) });
  const rest = [state, encodeEntry({ kind: 'resume', at: driver.now })];
  const proof = makeStateFaultProof(logVkey(world.origin, stranger.key), {
    checkpoint: await signEntries(stranger, world.origin, [...driver.entries, ...rest]),
    frontier: driver.entries.map(leafHash).reduce(appendLeaf, emptyFrontier()),
    snapshot,
    entries: rest,
  });
  const judged = async (...rotations: readonly RotateEntry[]) => {
    const told = rotations.map((entry) => bytesToBase64url(encodeEntry(entry)));
    const { verdict, code } = await judgeFault({ ...proof, rotations: told }, [counter]);
    return `${verdict}: ${code}`;
  };
  const good = await rotate(9, first, stranger);
  expect(await judged()).toBe('unproven: other_key');
  expect(await judged({ ...good, sigOld: good.sigNew })).toBe('unproven: other_key');
  expect(await judged(await rotate(size + 1, first, stranger))).toBe('unproven: other_key');
  expect(await judged(good)).toBe('convicts: close_missing');
});
