import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bytes, bytesToHex } from '@fairground/ledger';
import { TAIL_ROOT, formatWorldId } from '@fairground/protocol';
import { afterAll, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { openSqliteStore } from '../store/sqliteStore.ts';
import { createDevice } from '../testing/device.ts';
import { type Party, openParty, restart } from '../testing/party.ts';
import { answerOpen, doChores, joinAll, testSupplier, triviaState } from '../testing/players.ts';
import { type RecordingKeys, recordingKeys, strayCheckpoints } from '../testing/recordingKeys.ts';
import { docOf } from '../testing/relayEnd.ts';
import { tally } from '../testing/tally.ts';
import { verifyBundle } from '../testing/verify.ts';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fair-recover-'));
  folders.push(folder);
  return folder;
}

/** What a backup of the data folder would hold now. */
async function backup(party: Party, folder: string): Promise<string> {
  await party.clock.advance(300);
  await vi.waitUntil(
    async () => (await party.store.worlds()).every(({ checkpoint }) => checkpoint.length > 0),
    { timeout: 60_000 },
  );
  const copy = await freshFolder();
  await cp(folder, copy, { recursive: true });
  return copy;
}

/** The store is a real one, in a thread of its own: the clock goes on while it is waited for. */
async function until(party: Party, condition: () => boolean): Promise<void> {
  const step = async () => {
    await party.clock.advance(100);
    return condition();
  };
  await vi.waitUntil(step, { timeout: 60_000, interval: 1 });
}

const suppliers = { questions: testSupplier };

/** A question is open and Ann has answered when the backup is made; the match goes on till it is revealed. */
async function backedUpTrivia(recording: RecordingKeys) {
  const folder = await freshFolder();
  const { keys } = recording;
  const party = await openParty({ suppliers, keys, store: await openSqliteStore(folder) });
  const [ann, bob] = [createDevice('Ann'), createDevice('Bob')];
  const players = [ann, bob];
  const config = { topics: ['general'], questions: 2, windowMs: 20_000 };
  const { world } = await party.create(ann, 'trivia', config);
  await joinAll(party, world, 'trivia', players);
  await party.send(ann, world, 'start');
  await until(party, () => triviaState(party, world).draw?.locked === true);
  await doChores(party, world, players);
  await until(party, () => triviaState(party, world).phase === 'open');
  await answerOpen(party, world, ann, true);
  const old = await backup(party, folder);
  const before = (await party.store.world(world))?.size ?? 0;
  const receipt = await answerOpen(party, world, bob, true);
  await until(party, () => triviaState(party, world).phase === 'revealed');
  const size = party.follow(world).size;
  await party.store.close();
  return { party, world, ann, bob, players, old, before, size, receipt };
}

describe('an old backup that was put back', () => {
  it('[A86] is recovering until the relay gives back what it lacks; then the match goes on without a fork', async () => {
    const recording = recordingKeys();
    const { party, world, players, old, size } = await backedUpTrivia(recording);
    const store = await openSqliteStore(old);
    const again = await restart(party, { suppliers, keys: recording.keys, store, isDetached: true });
    expect(again.authority.stats().worlds).toMatchObject({ recovering: 1 });
    expect(again.authority.health().reasons.join()).toMatch(/older copy of the data folder/);
    const signedBefore = recording.signed.length;
    await again.clock.advance(60_000);
    expect(recording.signed).toHaveLength(signedBefore);
    again.attach();
    await until(again, () => again.authority.stats().worlds.recovering === 0);
    expect(again.authority.health()).toEqual({ ok: true, reasons: [] });
    expect(again.follow(world).size).toBeGreaterThanOrEqual(size);
    await until(again, () => triviaState(again, world).phase === 'open');
    for (const device of players) await answerOpen(again, world, device, true);
    await until(again, () => triviaState(again, world).seats[0]?.right === 2);
    expect(triviaState(again, world).seats.map(({ right }) => right)).toEqual([2, 2]);
    expect(await verifyBundle(again, world)).toMatchObject({ valid: true, failure: null });
    const entries = await store.entries(world, 0, 10_000);
    expect(strayCheckpoints(recording.signed, entries)).toEqual([]);
    await again.authority.close();
    await store.close();
  }, 240_000);

  it('[A86] signs nothing for that world as long as nobody has it, makes others, and asks again', async () => {
    const recording = recordingKeys();
    const { party, world, ann, old, before } = await backedUpTrivia(recording);
    const store = await openSqliteStore(old);
    const docs = new Map<string, Y.Doc>();
    const again = await restart(party, { suppliers, keys: recording.keys, store, docs });
    const signedBefore = ofWorld(recording, world).length;
    const sentence = /still lacks entries of the \d+ that were signed: bring back the newest/;
    await until(again, () => again.logged.filter((line) => sentence.test(line)).length === 3);
    const reply = await again.relay.send('intent', ann.intent(world, 'leave', {}), world);
    expect(reply).toMatchObject({ status: 503, body: { code: 'world_halted' } });
    const other = await again.create(createDevice('Cy'), 'nim', {}, { nonce: 77 });
    expect(again.follow(other.world).size).toBe(1);
    const known = bytesToHex(world);
    expect(ofWorld(recording, world)).toHaveLength(signedBefore);
    expect((await store.world(world))?.size).toBe(before);
    expect(again.relay.frames.some((frame) => frame.t === 'log' && bytesToHex(frame.world) === known)).toBe(
      false,
    );
    for (const [name, doc] of party.docs) if (name.startsWith('tail:')) docs.set(name, doc);
    await again.clock.advance(30_000);
    await until(again, () => again.authority.stats().worlds.recovering === 0);
    expect(strayCheckpoints(ofWorld(recording, world), await store.entries(world, 0, 10_000))).toEqual([]);
    await again.authority.close();
    await store.close();
  }, 240_000);

  it('[A86] takes nothing that is not what was signed: a changed entry, another checkpoint, too little', async () => {
    const recording = recordingKeys();
    const { party, world, old, before } = await backedUpTrivia(recording);
    const name = `tail:${formatWorldId(world)}`;
    const batches = docOf(party.docs, name).getArray<Uint8Array>(TAIL_ROOT).toArray();
    const changed = batches.map((bytes, i) => (i === batches.length - 1 ? flipped(bytes) : bytes));
    for (const lie of [changed, batches.slice(0, -1), batches.slice(1), []]) {
      const doc = new Y.Doc();
      doc.getArray<Uint8Array>(TAIL_ROOT).push([...lie]);
      const docs = new Map([[name, doc]]);
      const copy = await freshFolder();
      await cp(old, copy, { recursive: true });
      const store = await openSqliteStore(copy);
      const signedBefore = recording.signed.length;
      const again = await restart(party, { suppliers, keys: recording.keys, store, docs });
      await again.settle();
      await again.clock.advance(1000);
      expect(again.authority.stats().worlds).toMatchObject({ recovering: 1 });
      expect((await store.world(world))?.size).toBe(before);
      expect(recording.signed).toHaveLength(signedBefore);
      await again.authority.close();
      await store.close();
    }
  }, 240_000);

  it('[A86] gets back what lies in segments that were sealed since', async () => {
    const recording = recordingKeys();
    const folder = await freshFolder();
    const games = [tally];
    const store = await openSqliteStore(folder);
    const party = await openParty({ games, keys: recording.keys, store });
    const ann = createDevice('Ann');
    const { world } = await party.create(ann, 'tally', { goal: 100_000 });
    await party.send(ann, world, 'join');
    for (let i = 0; i < 5; i++) await addMany(party, ann, world, 60);
    const old = await backup(party, folder);
    for (let i = 0; i < 10; i++) await addMany(party, ann, world, 100);
    await until(party, () => (party.relay.batches(world)[0]?.first ?? 0) > 0);
    const size = (await store.world(world))?.size ?? 0;
    await store.close();
    const back = await openSqliteStore(old);
    const again = await restart(party, { games, keys: recording.keys, store: back });
    await until(again, () => again.authority.stats().worlds.recovering === 0);
    expect((await back.world(world))?.size).toBeGreaterThanOrEqual(size);
    await addMany(again, ann, world, 5);
    await again.clock.advance(300);
    expect(again.relay.batches(world)[0]?.first).toBe(1024);
    const entries = await back.entries(world, 0, 10_000);
    expect(strayCheckpoints(recording.signed, entries)).toEqual([]);
    await again.authority.close();
    await back.close();
  }, 240_000);
});

function ofWorld({ signed }: RecordingKeys, world: Bytes) {
  return signed.filter(({ origin }) => origin.endsWith(formatWorldId(world)));
}

function flipped(bytes: Uint8Array): Uint8Array {
  const other = Uint8Array.from(bytes);
  other[200] = (other[200] ?? 0) ^ 1;
  return other;
}

async function addMany(
  party: Party,
  device: ReturnType<typeof createDevice>,
  world: Bytes,
  count: number,
): Promise<void> {
  const replies = Array.from({ length: count }, () => party.send(device, world, 'add', { count: 1 }));
  for (const { status } of await Promise.all(replies)) expect(status).toBe(200);
}
