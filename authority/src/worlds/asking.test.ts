import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bytes, bytesToHex } from '@fairground/ledger';
import type { TailBatch } from '@fairground/protocol';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type * as Y from 'yjs';
import { syncSigner } from '../keys/signer.ts';
import { openMemoryLock } from '../lock/memoryLock.ts';
import type { LogStore } from '../store/ports.ts';
import { openSqliteStore } from '../store/sqliteStore.ts';
import { type Device, createDevice, labelled } from '../testing/device.ts';
import { COLLECT_MS, type Party, type PartyOptions, openParty, restart } from '../testing/party.ts';
import { recordingKeys, strayCheckpoints } from '../testing/recordingKeys.ts';
import { tally } from '../testing/tally.ts';
import { witness } from '../testing/witness.ts';

const games = [tally];
const patience = { timeout: 60_000, interval: 1 };
const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fair-asking-'));
  folders.push(folder);
  return folder;
}

/** A match of which data folder and lock were both copied in the middle. */
async function copiedInTheMiddle(options: PartyOptions = {}, isSeen = (_size: number) => true) {
  const recording = recordingKeys();
  const folder = await freshFolder();
  const store = await openSqliteStore(folder);
  const party = await openParty({ games, store, keys: recording.keys, ...options });
  const ann = createDevice('Ann');
  const { world } = await party.create(ann, 'tally', {});
  await party.send(ann, world, 'join');
  await party.clock.advance(2000);
  await vi.waitUntil(async () => ((await store.world(world))?.checkpoint.length ?? 0) > 0, patience);
  const copy = await freshFolder();
  await cp(folder, copy, { recursive: true });
  const lock = openMemoryLock();
  await lock.write(await party.lock.read());
  const before = (await store.world(world))?.size ?? 0;
  for (let count = 1; count <= 3; count++) await party.send(ann, world, 'add', { count });
  await party.clock.advance(2000);
  const newest = all(party, world);
  await until(party, () => isSeen(newest.entries.length));
  await store.close();
  return { party, recording, world, ann, before, newest, copy, lock };
}

type Copied = Awaited<ReturnType<typeof copiedInTheMiddle>>;

/** The copies are started, and still ask. `docs`: what the relay holds; nothing if not given. */
async function startCopy(copied: Copied, more: PartyOptions = {}): Promise<Party & { store: LogStore }> {
  const store = await openSqliteStore(copied.copy);
  const { lock, recording } = copied;
  const options = { games, keys: recording.keys, store, lock, docs: new Map<string, Y.Doc>() };
  return restart(copied.party, { ...options, isAsking: true, ...more });
}

/** Everything that a participant has of a world, as it brings it. */
function all(party: Party, world: Bytes): TailBatch {
  const batches = party.relay.batches(world);
  const checkpoint = batches.at(-1)?.checkpoint ?? new Uint8Array(0);
  return { first: 0, entries: batches.flatMap(({ entries }) => entries), checkpoint };
}

function from(batch: TailBatch, first: number): TailBatch {
  return { ...batch, first, entries: batch.entries.slice(first - batch.first) };
}

async function until(party: Party, condition: () => boolean): Promise<void> {
  await vi.waitUntil(async () => {
    await party.clock.advance(100);
    return condition();
  }, patience);
}

/** The match goes on, and of all that was ever signed nothing contradicts its log. */
async function expectOneHistory(again: Party, { recording, world, ann, newest }: Copied): Promise<void> {
  await until(again, () => again.authority.stats().worlds.live === 1);
  const reply = await again.send(ann, world, 'add', { count: 1 });
  expect(reply.status).toBe(200);
  const entries = await again.store.entries(world, 0, 10_000);
  expect(entries.slice(0, newest.entries.length)).toEqual(newest.entries);
  expect(strayCheckpoints(recording.signed, entries)).toEqual([]);
  expect(again.authority.health()).toEqual({ ok: true, reasons: [] });
  await end(again);
}

async function end(party: Party): Promise<void> {
  await party.authority.close();
  await party.store.close();
}

function seeks(party: Party) {
  return party.relay.frames.flatMap((frame) => (frame.t === 'seek' ? [frame.range] : []));
}

describe('data folder and lock that are both old copies', () => {
  it('[A88] are found out by what the relay holds, and brought up to it: one history', async () => {
    const copied = await copiedInTheMiddle();
    const again = await startCopy(copied, { docs: copied.party.docs });
    await expectOneHistory(again, copied);
  });

  it('[A88] are found out by a participant, where the relay has lost what it had', async () => {
    const copied = await copiedInTheMiddle();
    const { world, before, newest } = copied;
    const again = await startCopy(copied);
    await until(again, () => seeks(again).length > 0);
    expect(seeks(again)).toEqual([{ from: before, size: before + 1 }]);
    const brought = await again.relay.bring(world, from(newest, before));
    expect(brought).toMatchObject({ status: 200, body: { taken: true } });
    await expectOneHistory(again, copied);
  });

  it('[A88] go on when nobody has seen more; nothing is signed before everybody was asked', async () => {
    const { party, recording, world, ann } = await copiedInTheMiddle();
    const { docs, lock } = party;
    const store = await openSqliteStore(folders.at(-2) ?? '');
    const signed = recording.signed.length;
    const again = await restart(party, { games, keys: recording.keys, store, lock, docs, isAsking: true });
    const waiting = again.send(ann, world, 'add', { count: 1 });
    await again.clock.advance(COLLECT_MS - 1);
    expect(recording.signed).toHaveLength(signed);
    expect(again.authority.stats().worlds).toMatchObject({ asking: 1 });
    await again.clock.advance(1);
    expect((await waiting).status).toBe(200);
    expect(seeks(again).at(-1)).toBeNull();
    await end(again);
  });

  it('[A88] ask again over the next link when the first one broke before everybody was heard', async () => {
    const copied = await copiedInTheMiddle();
    const again = await startCopy(copied);
    await until(again, () => seeks(again).length > 0);
    again.relay.close();
    await again.clock.advance(60_000);
    expect(again.authority.stats().worlds).toMatchObject({ asking: 1 });
    again.attach();
    await again.relay.bring(copied.world, from(copied.newest, copied.before));
    await expectOneHistory(again, copied);
  });

  it('[A88] stand still for a checkpoint alone, and wait for whoever has the entries', async () => {
    const copied = await copiedInTheMiddle();
    const again = await startCopy(copied, { docs: new Map() });
    await again.clock.advance(COLLECT_MS - 1);
    const rest = from(copied.newest, copied.before);
    const tooFew = { ...rest, entries: rest.entries.slice(0, 1) };
    const brought = await again.relay.bring(copied.world, tooFew);
    expect(brought).toMatchObject({ body: { taken: false } });
    expect(again.authority.health().reasons.join()).toMatch(/older copy of the data folder/);
    const signed = copied.recording.signed.length;
    await again.clock.advance(60_000);
    expect(copied.recording.signed).toHaveLength(signed);
    await again.relay.bring(copied.world, rest);
    await expectOneHistory(again, copied);
  });

  it('[A88] are not moved by junk: another key’s checkpoint, another world’s, the beginning of the log, no note at all', async () => {
    const copied = await copiedInTheMiddle();
    const { world, before, newest, party } = copied;
    const other = await otherHistory(createDevice('Eve'));
    const again = await startCopy(copied);
    await until(again, () => seeks(again).length > 0);
    const [beginning] = party.relay.batches(world);
    const junk = [other, beginning?.checkpoint, new Uint8Array([1, 2, 3]), new Uint8Array(0)];
    for (const checkpoint of junk) {
      const part = { ...from(newest, before), checkpoint: checkpoint ?? world };
      expect(await again.relay.bring(world, part)).toMatchObject({ body: { taken: false } });
    }
    expect(again.authority.health()).toEqual({ ok: true, reasons: [] });
    expect(again.authority.stats().worlds).toMatchObject({ asking: 1 });
    await end(again);
  });
});

describe('a world where nothing happens', () => {
  it('[A88] listens for a minute more: a latecomer finds that nothing was signed since, and there is one history', async () => {
    const copied = await copiedInTheMiddle();
    const quiet = {
      ...tally,
      card: (...args: Parameters<typeof tally.card>) => ({ ...tally.card(...args), phase: 'open' as const }),
    };
    const again = await startCopy(copied, { games: [quiet] });
    await until(again, () => again.authority.stats().worlds.live === 1);
    await again.clock.advance(30_000);
    await again.relay.bring(copied.world, from(copied.newest, copied.before));
    await expectOneHistory(again, copied);
  });
});

describe('a witness that has cosigned more than the store holds', () => {
  it('[A89] makes the world stand still, by name, until somebody brings what is lost', async () => {
    const one = witness('w.test/1');
    const witnesses = [one];
    const copied = await copiedInTheMiddle({ witnesses }, (size) => one.size === size);
    const again = await startCopy(copied, { witnesses });
    // The clock stands still until the witness has answered: it has three seconds of it.
    await vi.waitUntil(() => again.authority.stats().worlds.recovering === 1, patience);
    expect(again.authority.health().reasons.join()).toMatch(/the witness w.test\/1 has cosigned \d+ entries/);
    await again.clock.advance(60_000);
    await again.relay.bring(copied.world, from(copied.newest, copied.before));
    await expectOneHistory(again, copied);
  });

  it('[A89] holds up nothing when it is away', async () => {
    const one = witness('w.test/1');
    const copied = await copiedInTheMiddle({ witnesses: [one] });
    one.isAway = true;
    const again = await startCopy(copied, { witnesses: [one] });
    await until(again, () => again.authority.stats().worlds.live === 1);
    expect(again.authority.health()).toEqual({ ok: true, reasons: [] });
    await end(again);
  });
});

/** The newest checkpoint of a world of another authority. */
async function otherHistory(device: Device): Promise<Bytes> {
  const keys = { name: 'authority.test/1', signer: syncSigner(labelled('somebody else')) };
  const party = await openParty({ games, keys });
  const request = { authority: keys.signer.key, game: 'tally', config: {}, nonce: 5, at: party.clock.now() };
  const made = await party.relay.send('create', device.create(request));
  const { world } = made.body as unknown as { readonly world: Bytes };
  for (let count = 0; count < 9; count++)
    await party.send(device, world, count === 0 ? 'join' : 'add', count === 0 ? {} : { count });
  const checkpoint = all(party, world).checkpoint;
  await party.authority.close();
  expect(bytesToHex(checkpoint)).not.toBe('');
  return checkpoint;
}
