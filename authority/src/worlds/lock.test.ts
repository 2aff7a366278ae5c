import { bytesToHex } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import { openMemoryLock } from '../lock/memoryLock.ts';
import { createDevice } from '../testing/device.ts';
import { openParty, restart } from '../testing/party.ts';
import { recordingKeys } from '../testing/recordingKeys.ts';
import { tally } from '../testing/tally.ts';
import { createGate, gatedLock } from '../testing/trouble.ts';

describe('store and lock', () => {
  async function played() {
    const party = await openParty({ games: [tally] });
    const ann = createDevice('Ann');
    const { world } = await party.create(ann, 'tally', {});
    await party.send(ann, world, 'join');
    await party.settle();
    return { party, ann, world };
  }

  it('[A76] the store ahead of the lock is normal: the lock catches up before anything is shown', async () => {
    const { party, world } = await played();
    const lock = openMemoryLock();
    const again = await restart(party, { games: [tally], lock, isAsking: true });
    await again.settle();
    expect((await lock.read()).map(({ size }) => size)).toEqual([2]);
    expect(again.authority.health()).toEqual({ ok: true, reasons: [] });
    expect(again.follow(world).size).toBeGreaterThanOrEqual(2);
    await again.authority.close();
  });

  it('[A27] what is durable and not signed is signed when the lock remembers it, and served as ever', async () => {
    const gate = createGate();
    const recording = recordingKeys();
    const lock = gatedLock(openMemoryLock(), gate);
    const party = await openParty({ games: [tally], lock, keys: recording.keys });
    const ann = createDevice('Ann');
    const { world } = await party.create(ann, 'tally', {});
    gate.hold();
    void party.send(ann, world, 'join');
    while (gate.waiting === 0) await new Promise((resume) => setImmediate(resume));
    expect((await party.store.world(world))?.size).toBe(2);
    expect(recording.signed.map(({ size }) => size)).toEqual([1]);
    const more = { lock: openMemoryLock(), keys: recording.keys, isAsking: true };
    const again = await restart(party, { games: [tally], ...more });
    await again.settle();
    expect(recording.signed.map(({ size }) => size)).toEqual([1, 2]);
    const row = await again.store.world(world);
    expect(row?.checkpoint).toEqual(again.relay.batches(world).at(-1)?.checkpoint);
    expect(again.follow(world).size).toBe(2);
    await again.authority.close();
  });

  it('[A77] the lock ahead of the store: that world is recovering, and nothing is signed for it', async () => {
    const { party, ann, world } = await played();
    const [row] = await party.lock.read();
    if (!row) throw new Error('a row');
    await party.lock.write([{ ...row, size: row.size + 1 }]);
    const again = await restart(party, { games: [tally] });
    const other = await again.create(createDevice('Bob'), 'tally', {}, { nonce: 200 });
    const reply = await again.send(ann, world, 'add', { count: 1 });
    expect(reply).toMatchObject({ status: 503, body: { code: 'world_halted' } });
    expect(await again.relay.get(world, 'checkpoint')).toMatchObject({ status: 503 });
    await again.clock.advance(60_000);
    expect((await again.store.world(world))?.size).toBe(2);
    const about = again.relay.frames.filter(
      (frame) => 'world' in frame && bytesToHex(frame.world) === bytesToHex(world),
    );
    expect(new Set(about.map(({ t }) => t))).toEqual(new Set(['room', 'world', 'want', 'seek']));
    expect(again.authority.health().reasons.join()).toMatch(
      /recovering: the store holds 2 entries of world .* and 3 were signed/,
    );
    expect(again.follow(other.world).size).toBe(1);
    await again.authority.close();
  });

  it('[A77] a lock that remembers another tree, or a world that the store lacks: recovering', async () => {
    const { party, world } = await played();
    const [row] = await party.lock.read();
    if (!row) throw new Error('a row');
    await party.lock.write([
      { ...row, root: new Uint8Array(32) },
      { ...row, world: new Uint8Array(32).fill(3) },
    ]);
    const again = await restart(party, { games: [tally] });
    expect(again.authority.stats().worlds.recovering).toBe(2);
    expect(again.authority.health().reasons.join('\n')).toMatch(/differs from what was signed at size 2/);
    expect((await again.store.world(world))?.size).toBe(2);
    await again.authority.close();
  });
});
