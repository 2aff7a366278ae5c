import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Bytes,
  encodeEntry,
  leafHash,
  merkleRoot,
  originOf,
  seedSigner,
  sha256,
  signCheckpoint,
} from '@fairground/ledger';
import type { TailBatch } from '@fairground/protocol';
import { afterAll, expect, it, vi } from 'vitest';
import { openSqliteStore } from '../store/sqliteStore.ts';
import { createDevice, type Device } from '../testing/device.ts';
import { openParty, type Party, restart, testKeys } from '../testing/party.ts';
import { recordingKeys, strayCheckpoints } from '../testing/recordingKeys.ts';
import { tally } from '../testing/tally.ts';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fair-junk-'));
  folders.push(folder);
  return folder;
}

async function until(party: Party, condition: () => boolean): Promise<void> {
  await vi.waitUntil(
    async () => {
      await party.clock.advance(100);
      return condition();
    },
    { timeout: 60_000, interval: 1 },
  );
}

async function addTo(party: Party, device: Device, world: Bytes): Promise<void> {
  expect(await party.send(device, world, 'add', { count: 1 })).toMatchObject({ status: 200 });
}

/** As one part, the way a participant brings it. */
function wholeOf(party: Party, world: Bytes): TailBatch {
  const batches = party.relay.batches(world);
  return {
    first: 0,
    entries: batches.flatMap(({ entries }) => entries),
    checkpoint: batches.at(-1)?.checkpoint ?? new Uint8Array(),
  };
}

it('[A87] junk that is brought to a world that lost its end changes nothing; what was signed makes it whole afterwards', async () => {
  const { keys, signed } = recordingKeys();
  const folder = await freshFolder();
  const games = [tally];
  const store = await openSqliteStore(folder);
  const party = await openParty({ games, keys, store });
  const ann = createDevice('Ann');
  const { world } = await party.create(ann, 'tally', { goal: 100_000 });
  const { world: other } = await party.create(createDevice('Bob'), 'tally', { goal: 100_000 });
  await party.send(ann, world, 'join');
  await party.clock.advance(300);
  await vi.waitUntil(async () => (await store.worlds()).every(({ checkpoint }) => checkpoint.length > 0), {
    timeout: 60_000,
  });
  const before = (await store.world(world))?.size ?? 0;
  const old = await freshFolder();
  await cp(folder, old, { recursive: true });
  for (let i = 0; i < 3; i++) await addTo(party, ann, world);
  await party.clock.advance(300);
  const whole = wholeOf(party, world);
  const { entries } = whole;
  expect(entries).toHaveLength(before + 3);
  await store.close();

  const back = await openSqliteStore(old);
  const again = await restart(party, { games, keys, store: back, docs: new Map() });
  await until(again, () => again.authority.stats().worlds.recovering === 1);
  const origin = originOf(testKeys.name, world);
  const stranger = seedSigner(sha256(new Uint8Array([9])));
  const signOver = (signer: typeof stranger, list: readonly Bytes[]) =>
    signCheckpoint(signer, { origin, size: list.length, root: merkleRoot(list.map(leafHash)) });
  const longer = [...entries, encodeEntry({ kind: 'time', at: again.clock.now() })];
  const changed = entries.map((bytes, i) => (i === before ? encodeEntry({ kind: 'time', at: 1 }) : bytes));
  const short = entries.slice(0, -1);
  const junk: readonly (readonly [string, TailBatch])[] = [
    ['of another world', wholeOf(party, other)],
    ['unsigned', { ...whole, checkpoint: new Uint8Array([1, 2, 3]) }],
    ['signed by another key', { ...whole, checkpoint: await signOver(stranger, entries) }],
    ['too long, under the checkpoint of what is right', { ...whole, entries: longer }],
    [
      'too long, under another key',
      { ...whole, entries: longer, checkpoint: await signOver(stranger, longer) },
    ],
    ['too short, under the checkpoint of what is right', { ...whole, entries: short }],
    [
      'too short, as it was signed once',
      party.relay
        .batches(world)
        .slice(0, -1)
        .reduce((one, next) => ({ ...next, first: 0, entries: [...one.entries, ...next.entries] })),
    ],
    ['of other entries', { ...whole, entries: changed }],
    ['from behind its end', { ...whole, first: before + 1, entries: entries.slice(before + 1) }],
  ];
  const signedBefore = signed.length;
  for (const [what, part] of junk) {
    const { status, body } = await again.relay.bring(world, part);
    expect([what, { status, body }]).toEqual([what, { status: 200, body: { taken: false } }]);
    expect(again.authority.stats().worlds).toMatchObject({ recovering: 1 });
  }
  expect((await back.world(world))?.size).toBe(before);
  expect(signed).toHaveLength(signedBefore);
  // Nobody is accused of anything for it: that world lacks its end, as before, and nothing else is said.
  expect(again.authority.health().reasons).toEqual([expect.stringMatching(/^recovering: /)]);

  expect(await again.relay.bring(world, whole)).toMatchObject({ status: 200, body: { taken: true } });
  await until(again, () => again.authority.stats().worlds.recovering === 0);
  await addTo(again, ann, world);
  await again.clock.advance(300);
  const size = (await back.world(world))?.size ?? 0;
  expect(size).toBeGreaterThan(entries.length);
  const after = await back.entries(world, 0, size);
  expect(after.slice(0, entries.length)).toEqual(entries);
  const own = signed.filter((one) => one.origin === origin);
  expect(strayCheckpoints(own, after)).toEqual([]);
  await again.authority.close();
  await back.close();
});
