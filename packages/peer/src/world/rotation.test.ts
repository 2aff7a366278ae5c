import {
  type Bytes,
  encodeEntry,
  leafHash,
  type LogEntry,
  makeRotate,
  merkleRoot,
  seedSigner,
  sha256,
  signCheckpoint,
  type Signer,
  signReceipt,
  logVkey,
  accuseOfDrop,
  hashReaderOf,
  judgeDrop,
  unwrap,
  verify,
  zipSource,
} from '@fairground/ledger';
import { counter, type Driver } from '@fairground/ledger/testing';
import { describe, expect, it } from 'vitest';
import { settle } from '../testClock.fixture.ts';
import { adding, follow } from './follow.fixture.ts';

const signerOf = (byte: number) => seedSigner(sha256(new Uint8Array([byte])));
const [heir, stranger] = [signerOf(1), signerOf(2)];

function sign(signer: Signer, { world: { origin } }: Driver<unknown>, entries: readonly Bytes[]) {
  return signCheckpoint(signer, { origin, size: entries.length, root: merkleRoot(entries.map(leafHash)) });
}

/** Three entries, the hand-over, and one more. */
async function handedOn() {
  const driver = await adding([2]);
  const first = driver.entries.length;
  driver.append(await makeRotate(driver.world, { from: driver.authority, to: heir }, driver.now));
  await driver.send(driver.actor('ada'), 'add', { count: 5 });
  return { driver, first };
}

async function followed() {
  const { driver, first } = await handedOn();
  const opened = follow(driver);
  const { tail, follower } = opened;
  tail().push(
    0,
    driver.entries.slice(0, first),
    await sign(driver.authority, driver, driver.entries.slice(0, first)),
  );
  tail().status.set('online');
  await settle();
  expect(follower.value).toMatchObject({ status: 'live', size: first });
  return { driver, first, ...opened };
}

describe('[D95] a log whose key is handed on', () => {
  it('is followed under its new key, in one batch or two, and its file verifies', async () => {
    const { driver, first, follower, tail } = await followed();
    tail().push(first, driver.entries.slice(first), await sign(heir, driver, driver.entries));
    await settle();
    expect(follower.value).toMatchObject({ status: 'live', size: first + 2, charges: [], isDoubted: false });
    expect(follower.log.vkey).toEqual(logVkey(driver.world.origin, heir.key));
    const report = await verify(unwrap(zipSource(await follower.takeHome())), {
      games: [counter],
      level: 'full',
    });
    expect(report).toMatchObject({ valid: true });
    const late = follow(driver);
    late.tail().push(0, driver.entries, await sign(heir, driver, driver.entries));
    late.tail().status.set('online');
    await settle();
    expect(late.follower.value).toMatchObject({ status: 'live', size: first + 2, view: { total: 7 } });
  });

  it('is not handed to whoever signs for himself alone, nor followed under the old key: that is the transport’s fault', async () => {
    const { driver, first, follower, tail } = await followed();
    const { at, ...forged } = await makeRotate(driver.world, { from: stranger, to: stranger }, driver.now);
    const theft = encodeEntry({ ...forged, at, effectiveSize: first + 1 } as LogEntry);
    const stolen = [...driver.entries.slice(0, first), theft];
    tail().push(first, [theft], await sign(stranger, driver, stolen));
    await settle();
    expect(follower.value).toMatchObject({ size: first, charges: [], isDoubted: false });
    expect(follower.value.fault).toMatchObject({ blame: 'transport' });
    const again = await followed();
    again
      .tail()
      .push(first, driver.entries.slice(first), await sign(driver.authority, driver, driver.entries));
    await settle();
    expect(again.follower.value).toMatchObject({ size: first, charges: [] });
    expect(again.follower.value.fault).toMatchObject({ blame: 'transport' });
  });

  it('accuses nobody for what the old key said before, or says afterwards', async () => {
    const { driver, first, follower, tail } = await followed();
    tail().push(first, driver.entries.slice(first), await sign(heir, driver, driver.entries));
    await settle();
    const before = driver.entries.slice(0, first);
    expect(await follower.tribunal.hear(await sign(driver.authority, driver, before), 'bob')).toBe(true);
    const other = [...driver.entries.slice(0, -1), encodeEntry({ kind: 'time', at: driver.now })];
    for (const signer of [driver.authority, stranger])
      expect(await follower.tribunal.hear(await sign(signer, driver, other), 'bob')).toBe(false);
    await follower.tribunal.pursue();
    await follower.tribunal.pursue();
    expect(follower.value).toMatchObject({ status: 'live', charges: [], isDoubted: false });
    expect(await follower.tribunal.hear(await sign(heir, driver, other), 'bob')).toBe(false);
    expect(follower.value).toMatchObject({ status: 'fault', fault: { code: 'equivocation' } });
  });

  it('keeps a receipt of the old key: held against the log it convicts nobody', async () => {
    const { driver } = await handedOn();
    const { origin, opening } = driver.world;
    const old = logVkey(origin, driver.authority.key);
    const receipt = await signReceipt(driver.authority, {
      ...{
        world: opening.world,
        origin,
        keyId: old.keyId,
        intentHash: sha256(old.key),
        index: 2,
        at: driver.now,
      },
      leafHash: sha256(old.key),
    });
    const proof = await accuseOfDrop(
      {
        vkey: logVkey(origin, heir.key),
        size: driver.entries.length,
        hashes: hashReaderOf(driver.entries.map(leafHash)),
        checkpoint: await sign(heir, driver, driver.entries),
        lastEntry: driver.entries.at(-1) ?? new Uint8Array(),
      },
      receipt,
    );
    expect(proof.ok && (await judgeDrop(proof.value))).toMatchObject({
      verdict: 'unproven',
      code: 'receipt_of_another_log',
    });
  });
});
