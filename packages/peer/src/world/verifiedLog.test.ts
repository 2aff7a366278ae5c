import {
  type AnyGame,
  type Bytes,
  encodeEntry,
  leafHash,
  merkleRoot,
  seedSigner,
  sha256,
  signCheckpoint,
  signSeen,
  utf8ToBytes,
} from '@fairground/ledger';
import { buildWorld, counter, openDriver, signEntries } from '@fairground/ledger/testing';
import { describe, expect, it } from 'vitest';
import type { Batch } from './tail.ts';
import { createVerifiedLog } from './verifiedLog.ts';

const find = (name: string, version: number): AnyGame | undefined =>
  name === counter.name && version === counter.version ? counter : undefined;

async function evening() {
  return buildWorld({
    game: counter,
    config: { goal: 9 },
    seed: 'evening',
    script: async (driver) => {
      const ada = driver.actor('ada');
      await driver.send(ada, 'join', { name: 'Ada' });
      driver.now += 1000;
      await driver.send(ada, 'add', { count: 3 });
    },
  });
}

const flipped = (bytes: Bytes, at: number): Bytes => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));

describe('the verified log', () => {
  it('[D11] takes a signed batch, and the same batch again without effect', async () => {
    const { world, entries, checkpoint } = await evening();
    const log = createVerifiedLog(world.opening.world, find);
    const batch: Batch = { first: 0, entries, checkpoint };
    const first = await log.extend(batch);
    expect(first.ok && first.steps.length).toBe(entries.length - 1);
    expect(await log.extend(batch)).toEqual({ ok: true, steps: [] });
    expect(log.entries).toEqual(entries);
  });

  it('[D11] blames the transport for any changed entry and keeps nothing of it', async () => {
    const { world, entries, checkpoint } = await evening();
    for (let changed = 1; changed < entries.length; changed++) {
      const log = createVerifiedLog(world.opening.world, find);
      const bad = entries.map((entry, i) => (i === changed ? flipped(entry, entry.length - 1) : entry));
      const result = await log.extend({ first: 0, entries: bad, checkpoint });
      expect(result).toMatchObject({ ok: false, fault: { blame: 'transport', code: 'checkpoint_root' } });
      expect(log.entries).toHaveLength(0);
      expect((await log.extend({ first: 0, entries, checkpoint })).ok).toBe(true);
    }
  });

  it('[D11] takes of a batch that begins before its end what it has not got yet, once', async () => {
    const { world, entries, checkpoint, authority } = await evening();
    const begun = entries.slice(0, 2);
    const root = merkleRoot(begun.map(leafHash));
    const half = await signCheckpoint(authority, { origin: world.origin, size: 2, root });
    for (const first of [0, 1, 2]) {
      const log = createVerifiedLog(world.opening.world, find);
      expect(await log.extend({ first: 0, entries: begun, checkpoint: half })).toMatchObject({ ok: true });
      const extended = await log.extend({ first, entries: entries.slice(first), checkpoint });
      expect(extended).toMatchObject({ ok: true });
      expect(extended.ok && extended.steps[0]?.index).toBe(2);
      expect(log.entries).toEqual(entries);
    }
  });

  it('[D11] refuses a checkpoint of somebody else, of another size, and a gap', async () => {
    const { world, entries, checkpoint } = await evening();
    const log = createVerifiedLog(world.opening.world, find);
    const forged = await signCheckpoint(seedSigner(sha256(utf8ToBytes('mallory'))), {
      origin: world.origin,
      size: entries.length,
      root: merkleRoot(entries.map(leafHash)),
    });
    expect(await log.extend({ first: 0, entries, checkpoint: forged })).toMatchObject({
      ok: false,
      fault: { blame: 'transport' },
    });
    expect(await log.extend({ first: 0, entries: entries.slice(0, -1), checkpoint })).toMatchObject({
      ok: false,
      fault: { code: 'checkpoint_size' },
    });
    expect(await log.extend({ first: 5, entries, checkpoint })).toMatchObject({
      ok: false,
      fault: { code: 'gap' },
    });
    expect(log.entries).toHaveLength(0);
  });

  it('[D12] blames the authority for a signed entry that the rules cannot follow', async () => {
    const driver = openDriver({ game: counter, config: { goal: 9 }, seed: 'lie' });
    const lie = encodeEntry({ kind: 'state', at: driver.now, hash: sha256(utf8ToBytes('no such state')) });
    const close = encodeEntry({ kind: 'close', at: driver.now, finalSize: 3, reason: 'over' });
    const entries = [...driver.entries, lie, close];
    const checkpoint = await signCheckpoint(driver.authority, {
      origin: driver.world.origin,
      size: entries.length,
      root: merkleRoot(entries.map(leafHash)),
    });
    const log = createVerifiedLog(driver.world.opening.world, find);
    expect(await log.extend({ first: 0, entries, checkpoint })).toMatchObject({
      ok: false,
      fault: { blame: 'authority', index: 1 },
    });
  });

  it('[D12] blames the authority for a sighting that its witness never signed', async () => {
    const driver = openDriver({ game: counter, config: { goal: 9 }, seed: 'sighting' });
    const { signer } = driver.actor('ada');
    const place = { world: driver.world.opening.world, lot: 0, at: driver.now };
    const hash = new Uint8Array(32);
    const { bytes, sig } = await signSeen(signer, {
      ...place,
      intentHash: hash,
      headSize: 1,
      headRoot: hash,
    });
    driver.append({ kind: 'seen', seen: [{ bytes, sig: flipped(sig, 0) }] });
    const checkpoint = await signEntries(driver.authority, driver.world.origin, driver.entries);
    const log = createVerifiedLog(driver.world.opening.world, find);
    expect(await log.extend({ first: 0, entries: driver.entries, checkpoint })).toMatchObject({
      ok: false,
      fault: { blame: 'authority', code: 'seen_signature', index: 1 },
    });
  });

  it('[D12] blames the authority for an intent that its key never signed', async () => {
    const driver = openDriver({ game: counter, config: { goal: 9 }, seed: 'forgery' });
    const ada = driver.actor('ada');
    const { bytes, sig } = await driver.intent(ada, 'join', { name: 'Ada' });
    driver.append({ kind: 'intent', via: 'relay', bytes, sig: flipped(sig, 0) });
    const checkpoint = await signCheckpoint(driver.authority, {
      origin: driver.world.origin,
      size: driver.entries.length,
      root: merkleRoot(driver.entries.map(leafHash)),
    });
    const log = createVerifiedLog(driver.world.opening.world, find);
    const result = await log.extend({ first: 0, entries: driver.entries, checkpoint });
    expect(result).toMatchObject({
      ok: false,
      fault: { blame: 'authority', code: 'intent_signature', index: 1 },
    });
  });

  it('[D13] opens only by the entry that its id is the hash of', async () => {
    const { entries, checkpoint } = await evening();
    const log = createVerifiedLog(sha256(utf8ToBytes('another world')), find);
    expect(await log.extend({ first: 0, entries, checkpoint })).toMatchObject({
      ok: false,
      fault: { code: 'genesis_mismatch', blame: 'transport' },
    });
  });

  it('[D13] says so when the rules are not built in', async () => {
    const { world, entries, checkpoint } = await evening();
    const log = createVerifiedLog(world.opening.world, () => undefined);
    expect(await log.extend({ first: 0, entries, checkpoint })).toMatchObject({
      ok: false,
      fault: { blame: 'unknown', code: 'rules_unknown' },
    });
  });
});
