import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bytes, bytesToHex, decodeEntry, unwrap, urlSource, verify } from '@fairground/ledger';
import { afterAll, expect, it, vi } from 'vitest';
import { fsck } from './fsck/fsck.ts';
import { KEY_FILE } from './keys/keyFile.ts';
import { openFileLock } from './lock/fileLock.ts';
import { lockFolderOf } from './lock/lockFolder.ts';
import type { LogStore } from './store/ports.ts';
import { openSqliteStore } from './store/sqliteStore.ts';
import { type Device, createDevice, labelled } from './testing/device.ts';
import { type Party, openParty, restart, testKeys } from './testing/party.ts';
import { tally } from './testing/tally.ts';
import { loadWorld } from './worlds/load.ts';

const games = [tally];
let home = '';
afterAll(() => rm(home, { recursive: true, force: true }));

async function addMany(party: Party, device: Device, world: Bytes, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 150) {
    const some = Array.from({ length: Math.min(150, count - sent) }, () =>
      party.send(device, world, 'add', { count: 1 }),
    );
    for (const { status } of await Promise.all(some)) expect(status).toBe(200);
  }
}

/** The log as anybody reads it: file by file, from what is served. */
function served(party: Party, world: Bytes) {
  const fetch = async (url: string) => {
    const { status, body } = await party.relay.get(world, url.replace('http://log/', ''));
    const { bytes = new Uint8Array(0) } = body as { readonly bytes?: Bytes };
    return { ok: status === 200, status, arrayBuffer: async () => new Uint8Array(bytes).buffer };
  };
  return urlSource({ fetch }, 'http://log');
}

function counting(store: LogStore): { readonly store: LogStore; readonly read: { entries: number } } {
  const read = { entries: 0 };
  const entries = async (...args: Parameters<LogStore['entries']>) => {
    const found = await store.entries(...args);
    read.entries += found.length;
    return found;
  };
  return { store: { ...store, entries }, read };
}

/** Milliseconds, and how many entries were read. */
async function timeLoad(store: LogStore, world: Bytes) {
  const row = await store.world(world);
  const room = (await store.rooms())[0];
  if (!row || !room) throw new Error('a world and its room');
  const counted = counting(store);
  const begun = performance.now();
  const loaded = unwrap(
    await loadWorld({ store: counted.store, games, keys: [testKeys.signer.key] }, row, room),
  );
  return { ms: performance.now() - begun, read: counted.read.entries, state: loaded.replay.state };
}

it('[A37] a world of four segments is sealed, trimmed, served, restarted from its newest snapshot, and verified from its tiles', async () => {
  home = await mkdtemp(join(tmpdir(), 'fair-long-'));
  const [dataDir, lockDir] = [join(home, 'data'), join(home, 'lock')];
  const folder = join(dataDir, 'authority');
  const store = await openSqliteStore(folder);
  const lock = await openFileLock(lockFolderOf(lockDir, testKeys.signer.key));
  await writeFile(join(folder, KEY_FILE), bytesToHex(labelled('authority')), { mode: 0o600 });
  const party = await openParty({ store, lock, games });
  const ann = createDevice('Ann');
  const { world } = await party.create(ann, 'tally', { goal: 4200 });
  await party.send(ann, world, 'join');
  await addMany(party, ann, world, 2500);
  const again = await restart(party, { store, lock, games });
  await addMany(again, ann, world, 1650);
  const first = () => again.relay.batches(world)[0]?.first;
  await vi.waitUntil(() => first() === 4096, { timeout: 60_000 });
  expect((await store.segments(world)).map(({ first: from, end }) => [from, end])).toEqual(
    [0, 1, 2, 3].map((n) => [1024 * n, 1024 * n + 1024]),
  );

  const whole = { ...store, snapshot: async () => undefined };
  const [bySnapshot, byReplay] = [await timeLoad(store, world), await timeLoad(whole, world)];
  console.log(
    `loading ${(await store.world(world))?.size} entries: ${bySnapshot.ms.toFixed(1)} ms from the newest snapshot (${bySnapshot.read} entries read), ${byReplay.ms.toFixed(1)} ms from the genesis (${byReplay.read})`,
  );
  expect(bySnapshot.state).toEqual(byReplay.state);
  // How many entries are looked up one by one depends on how commits fell; what a snapshot spares is the four segments.
  expect(byReplay.read - bySnapshot.read).toBeGreaterThanOrEqual(4 * 1024 - 4);
  expect(byReplay.read).toBeGreaterThan(4096);

  const states = await Promise.all([1023, 2047, 3071, 4095].map((index) => stateHash(store, world, index)));
  const found = states.map((hash) => again.relay.get(world, `snapshot/${bytesToHex(hash)}`));
  expect((await Promise.all(found)).map(({ status }) => status)).toEqual([200, 404, 200, 200]);

  expect(again.authority.stats().tails).toBe(1);
  await addMany(again, ann, world, 50);
  await again.clock.advance(4000);
  await vi.waitUntil(() => again.authority.stats().tails === 0, { timeout: 60_000 });
  expect(again.authority.stats().worlds).toMatchObject({ live: 0, closed: 1 });
  const report = await verify(served(again, world), { games, level: 'full' });
  expect(report).toMatchObject({ valid: true, failure: null, size: (await store.world(world))?.size });
  const late = again.attach();
  await vi.waitUntil(() => late.frames.some((frame) => frame.t === 'segment' && frame.n === 4), {
    timeout: 60_000,
  });
  expect(again.relay.batches(world).at(-1)?.entries.length).toBeGreaterThan(0);
  await again.authority.close();
  await store.close();
  await lock.close();
  expect(await fsck({ dataDir, lockDir, games })).toMatchObject({ ok: true, faults: [], notes: [] });
});

async function stateHash(store: LogStore, world: Bytes, index: number): Promise<Bytes> {
  const [bytes] = await store.entries(world, index, index + 1);
  const entry = unwrap(decodeEntry(bytes ?? new Uint8Array(0)));
  if (entry.kind !== 'state') throw new Error(`entry ${index} is ${entry.kind}`);
  return entry.hash;
}
