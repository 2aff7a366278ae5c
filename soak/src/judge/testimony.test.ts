import { decodeEntry, intentHash, leafHash, makeReceipt, signPair, unwrap } from '@fairground/ledger';
import { buildWorld, counter, guessing, signEntries } from '@fairground/ledger/testing';
import { expect, it } from 'vitest';
import { createTestimony } from './testimony.ts';

const { entries, authority, world, checkpoint } = await buildWorld({
  ...{ game: counter, config: { goal: 9 }, seed: 'soak', script: guessing },
});

it('[K2] every different signed checkpoint is kept once, two of one size too; what the authority has not signed is strange', async () => {
  const testimony = createTestimony(authority.key);
  const other = await signEntries(authority, world.origin, entries.toReversed());
  for (const note of [checkpoint, checkpoint, other]) testimony.checkpoint(note);
  expect(testimony.checkpoints.map(({ size }) => size)).toEqual([entries.length, entries.length]);
  expect(testimony.strange).toEqual([]);
  testimony.checkpoint(checkpoint.toReversed());
  expect(testimony.strange).toHaveLength(1);
});

it('[K1] every receipt that the authority has signed is kept once; others are strange', async () => {
  const testimony = createTestimony(authority.key);
  const index = entries.findIndex((bytes) => unwrap(decodeEntry(bytes)).kind === 'intent');
  const entry = unwrap(decodeEntry(entries[index] ?? new Uint8Array(0)));
  if (entry.kind !== 'intent') throw new Error('an intent');
  const receipt = {
    ...{ world: world.opening.world, origin: world.origin, keyId: new Uint8Array(4), index, at: entry.at },
    ...{ intentHash: intentHash(entry.bytes), leafHash: leafHash(entries[index] ?? new Uint8Array(0)) },
  };
  const pair = await signPair('receipt', authority, makeReceipt(receipt));
  for (let i = 0; i < 2; i++) testimony.receipt(pair);
  await testimony.heard();
  expect(testimony.receipts).toMatchObject([receipt]);
  testimony.receipt({ bytes: makeReceipt({ ...receipt, index: index + 1 }), sig: pair.sig });
  await testimony.heard();
  expect(testimony.receipts).toHaveLength(1);
  expect(testimony.strange).toEqual(['a receipt: not signed by the authority']);
});
