import {
  type Bytes,
  type Checkpoint,
  type Receipt,
  decodeEntry,
  intentHash,
  leafHash,
  merkleRoot,
  unwrap,
} from '@fairground/ledger';
import { buildWorld, counter, guessing } from '@fairground/ledger/testing';
import { describe, expect, it } from 'vitest';
import { contradictions } from './contradictions.ts';

const built = await buildWorld({ game: counter, config: { goal: 9 }, seed: 'soak', script: guessing });
const { entries } = built;
const { origin } = built.world;
const { world } = built.world.opening;

const intents = entries.flatMap((bytes, index) => {
  const entry = unwrap(decodeEntry(bytes));
  return entry.kind === 'intent' ? [{ index, bytes, hash: intentHash(entry.bytes) }] : [];
});
const receipts: readonly Receipt[] = intents.map(({ index, bytes, hash }) => ({
  ...{ world, origin, index, at: 0, keyId: new Uint8Array(4) },
  ...{ intentHash: hash, leafHash: leafHash(bytes) },
}));
const rootAt = (log: readonly Bytes[], size: number) => merkleRoot(log.slice(0, size).map(leafHash));
const checkpoints: readonly Checkpoint[] = [1, 2, entries.length].map((size) => ({
  ...{ origin, size },
  root: rootAt(entries, size),
}));
const last = intents.at(-1)?.index ?? 0;

describe('what clients were told against what is stored', () => {
  it('[K1] [K2] nothing is said of a store that bears all of it out', () => {
    expect(receipts.length).toBeGreaterThan(2);
    expect(contradictions({ receipts, checkpoints }, [entries])).toEqual([]);
  });

  it('[K1] a receipted entry that is lost, replaced, moved, or of a world that is gone', () => {
    const told = { receipts, checkpoints: [] };
    expect(contradictions(told, [entries.slice(0, last)])).toEqual([expect.stringMatching(/is lost/)]);
    const replaced = entries.with(last, entries[1] ?? new Uint8Array(0));
    expect(contradictions(told, [replaced])).toEqual([expect.stringMatching(/is another one now/)]);
    expect(contradictions(told, [])).toEqual([expect.stringMatching(/is gone/)]);
    const [first, second] = receipts;
    if (!first || !second) throw new Error('two receipts');
    const framed = { ...first, intentHash: second.intentHash };
    expect(contradictions({ receipts: [framed], checkpoints: [] }, [entries])).toEqual([
      expect.stringMatching(/does not hold the intent/),
    ]);
  });

  it('[K2] a checkpoint of more than is stored, and one of another tree', () => {
    const told = { receipts: [], checkpoints };
    expect(contradictions(told, [entries.slice(0, -1)])).toEqual([
      expect.stringMatching(/was signed, and the store holds/),
    ]);
    const forked = entries.with(1, entries[2] ?? new Uint8Array(0));
    const fork = { origin, size: 2, root: rootAt(forked, 2) };
    expect(contradictions({ receipts: [], checkpoints: [...checkpoints, fork] }, [entries])).toEqual([
      expect.stringMatching(/a fork at size 2/),
    ]);
  });
});
