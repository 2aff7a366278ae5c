import {
  type Bytes,
  bytesToHex,
  decodeEntry,
  encodeEntryBundle,
  hashReaderOf,
  leafHash,
  readSegment,
  renderTile,
  sha256,
  tilePath,
  treePaths,
  unwrap,
} from '@fairground/ledger';
import { DIRECTORY_ROOMS, type DirectoryEntry } from '@fairground/protocol';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createDevice } from '../testing/device.ts';
import { COLLECT_MS, type Party, openParty, restart, testKeys } from '../testing/party.ts';
import { docOf } from '../testing/relayEnd.ts';
import { tally } from '../testing/tally.ts';
import { formatRoomId } from '@fairground/protocol';

async function play(party: Party, count: number, config: object = {}) {
  const ann = createDevice('Ann');
  const { world, room } = await party.create(ann, 'tally', { goal: 100_000, ...config });
  await party.send(ann, world, 'join');
  for (let sent = 1; sent < count;) {
    const some = Array.from({ length: Math.min(100, count - sent) }, () =>
      party.send(ann, world, 'add', { count: 1 }),
    );
    await Promise.all(some);
    sent += some.length;
  }
  await party.settle();
  return { ann, world, room };
}

async function fileOf(party: Party, world: Bytes, path: string): Promise<Bytes> {
  const reply = await party.relay.get(world, path);
  if (reply.status !== 200) throw new Error(`${path}: ${reply.status}`);
  return (reply.body as { readonly bytes: Bytes }).bytes;
}

describe('the files of a log', () => {
  it('[A32] every tile and bundle of the tree is served, full or partial, and nothing past its end', async () => {
    const party = await openParty({ games: [tally] });
    const { world } = await play(party, 600);
    const size = (await party.store.world(world))?.size ?? 0;
    const entries = await party.store.entries(world, 0, size);
    const hashes = hashReaderOf(entries.map(leafHash));
    for (const path of treePaths(size)) expect((await fileOf(party, world, path)).length).toBeGreaterThan(0);
    expect(await fileOf(party, world, 'tile/0/002.p/30')).toEqual(
      renderTile(hashes, { level: 0, n: 2, width: 30 }),
    );
    expect(await fileOf(party, world, 'tile/1/000.p/2')).toEqual(
      renderTile(hashes, { level: 1, n: 0, width: 2 }),
    );
    expect(await fileOf(party, world, 'tile/entries/001')).toEqual(
      encodeEntryBundle(entries.slice(256, 512)),
    );
    for (const path of ['tile/0/003.p/1', 'tile/1/000.p/3', 'tile/0/002', 'tile/x', 'snapshot/00', 'nothing'])
      expect((await party.relay.get(world, path)).body).toMatchObject({ code: 'log_not_found' });
    expect(JSON.parse(new TextDecoder().decode(await fileOf(party, world, 'world.json')))).toMatchObject({
      game: 'tally',
      closed: null,
    });
    await party.authority.close();
  });

  it('[A33] full tiles and bundles are pushed as they fill, the checkpoint after every commit', async () => {
    const party = await openParty({ games: [tally] });
    const { world } = await play(party, 520);
    const entries = await party.store.entries(world, 0, 512);
    const pushed = new Map<string, Bytes>();
    for (const frame of party.relay.frames) if (frame.t === 'log') pushed.set(frame.path, frame.bytes);
    for (const n of [0, 1]) {
      expect(pushed.get(tilePath(0, n))).toEqual(
        renderTile(hashReaderOf(entries.map(leafHash)), { level: 0, n, width: 256 }),
      );
      expect(pushed.get(tilePath('entries', n))).toEqual(
        encodeEntryBundle(entries.slice(256 * n, 256 * n + 256)),
      );
    }
    await party.clock.advance(250);
    expect(pushed.get('checkpoint')).toEqual((await party.store.world(world))?.checkpoint);
    await party.authority.close();
  });
});

describe('segments', () => {
  it('[A34] end in a state, are sealed after the receipts, and leave the tail; the state is kept under its hash', async () => {
    const party = await openParty({ games: [tally] });
    const { world } = await play(party, 1100);
    await party.authority.close();
    const segment = party.relay.frames.find((frame) => frame.t === 'segment');
    if (segment?.t !== 'segment') throw new Error('no segment was sent');
    const { first, entries } = unwrap(await readSegment(segment.bytes));
    expect([first, entries.length]).toEqual([0, 1024]);
    expect(entries).toEqual(await party.store.entries(world, 0, 1024));
    const last = decodeEntry(entries[1023] ?? new Uint8Array(0));
    if (!last.ok || last.value.kind !== 'state') throw new Error('a segment ends in a state');
    expect(party.relay.batches(world)[0]?.first).toBe(1024);
    const snapshot = await party.store.snapshot(world, last.value.hash);
    expect(snapshot && bytesToHex(sha256(snapshot.bytes))).toBe(bytesToHex(last.value.hash));
  });

  it('[A34] a world goes on from its newest snapshot after a restart, and its tail without what was sealed', async () => {
    const party = await openParty({ games: [tally] });
    const { ann, world } = await play(party, 1100);
    const { store, lock, docs, clock } = party;
    const from: number[] = [];
    const watched = {
      ...store,
      entries: async (...args: Parameters<typeof store.entries>) => {
        from.push(args[1]);
        return store.entries(...args);
      },
    };
    await party.authority.close();
    const again = await openParty({ store: watched, lock, docs, startAt: clock.now() + 10, games: [tally] });
    expect(Math.min(...from)).toBeGreaterThanOrEqual(1023);
    await again.clock.advance(COLLECT_MS);
    expect((await again.send(ann, world, 'add', { count: 1 })).status).toBe(200);
    await again.settle();
    expect(again.relay.batches(world)[0]?.first).toBe(1024);
    await again.authority.close();
  });
});

describe('the directory', () => {
  function listed(party: Party): Record<string, DirectoryEntry> {
    return docOf(party.docs, 'directory').getMap<DirectoryEntry>(DIRECTORY_ROOMS).toJSON();
  }

  it('[A35] shows listed rooms while their world is open, and no others', async () => {
    const party = await openParty({ games: [tally] });
    const { room, world } = await play(party, 3, { goal: 5 });
    const bob = createDevice('Bob');
    const hidden = {
      authority: testKeys.signer.key,
      game: 'tally',
      config: {},
      nonce: 99,
      at: party.clock.now(),
    };
    await party.relay.send('create', bob.create({ ...hidden, visibility: 'unlisted' }));
    await party.clock.advance(500);
    expect(Object.keys(listed(party))).toEqual([formatRoomId(room)]);
    expect(listed(party)[formatRoomId(room)]).toMatchObject({ phase: 'running', players: 1, title: 'Tally' });
    const ann = createDevice('Ann');
    ann.chain(world).seq = 3;
    ann.chain(world).prev = (await party.store.head(world, ann.key))?.hash ?? world;
    await party.send(ann, world, 'add', { count: 3 });
    await party.clock.advance(500);
    expect(listed(party)).toEqual({});
    await party.authority.close();
  });

  it('[A36] is durable before it is shown, and wins over what it said before a restart', async () => {
    const party = await openParty({ games: [tally] });
    await play(party, 2);
    await party.clock.advance(500);
    const shown = party.relay.frames.findLast((frame) => frame.t === 'doc' && frame.name === 'directory');
    const stored = (await party.store.document('directory')) ?? new Uint8Array(0);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, stored);
    if (shown?.t === 'doc') Y.applyUpdate(doc, new Uint8Array(shown.update));
    expect(Y.encodeStateAsUpdate(doc)).toEqual(stored);
    const { store } = party;
    const again = await restart(party, { games: [tally] });
    const bob = createDevice('Bob');
    const [{ world } = {}] = await store.worlds();
    if (!world) throw new Error('a world');
    await again.send(bob, world, 'join');
    await again.clock.advance(500);
    expect(Object.values(listed(again))).toMatchObject([{ players: 2 }]);
    await again.authority.close();
  });
});
