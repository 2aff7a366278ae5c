import {
  type Bytes,
  bytesToHex,
  decodeEntry,
  leafHash,
  parseReceipt,
  signedBytes,
  verifyEd25519Sync,
} from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import { openMemoryStore } from './store/memoryStore.ts';
import { devices, openParty, testKeys } from './testing/party.ts';
import type { Reply } from './testing/relayEnd.ts';
import { tally } from './testing/tally.ts';
import { troubled, turn } from './testing/troubled.ts';

function receiptOf(reply: Reply) {
  const { receipt } = reply.body as { readonly receipt: readonly [Bytes, Bytes] };
  const [bytes, sig] = receipt;
  expect(verifyEd25519Sync(testKeys.signer.key, signedBytes('receipt', bytes), sig)).toBe(true);
  const parsed = parseReceipt(bytes);
  if (!parsed.ok) throw new Error(parsed.code);
  return parsed.value;
}

describe('what is told, and when', () => {
  it('[A21] nothing is replied or published before the commit is durable', async () => {
    const { party, storeGate, ann, world } = await troubled();
    const before = party.relay.frames.length;
    storeGate.hold();
    let reply: Reply | undefined;
    void party.send(ann, world, 'join').then((given) => (reply = given));
    await turn();
    expect(storeGate.waiting).toBe(1);
    expect(reply).toBeUndefined();
    expect(party.relay.frames).toHaveLength(before);
    storeGate.release();
    await party.settle();
    expect(reply?.status).toBe(200);
    await party.authority.close();
  });

  it('[A21] nothing is replied or published before the lock is written', async () => {
    const { party, lockGate, ann, world } = await troubled();
    const before = party.relay.frames.length;
    lockGate.hold();
    let reply: Reply | undefined;
    void party.send(ann, world, 'join').then((given) => (reply = given));
    await turn();
    expect(lockGate.waiting).toBe(1);
    expect((await party.store.world(world))?.size).toBe(2);
    expect([reply, party.relay.frames.length]).toEqual([undefined, before]);
    lockGate.release();
    await party.settle();
    expect(reply?.status).toBe(200);
    await party.authority.close();
  });

  it('[A21] the order is commit, lock, publishing, reply', async () => {
    const { party, trace, ann, world } = await troubled();
    trace.length = 0;
    const from = party.relay.frames.length;
    await party.send(ann, world, 'join');
    await party.settle();
    expect(trace).toEqual(['commit 1', 'lock']);
    const kinds = party.relay.frames.slice(from).map(({ t }) => t);
    expect(kinds).toEqual(['doc', 'log', 'reply']);
    await party.authority.close();
  });

  it('[A22] what arrives together in several worlds is one commit and one lock', async () => {
    const { party, trace, ann, bob, world } = await troubled();
    const other = await party.create(bob, 'tally', {});
    await party.settle();
    trace.length = 0;
    await Promise.all([party.send(ann, world, 'join'), party.send(bob, other.world, 'join')]);
    expect(trace).toEqual(['commit 2', 'lock']);
    await party.authority.close();
  });

  it('[A22] what arrives while a commit is in flight is the next one, however much it is', async () => {
    const { party, storeGate, trace, ann, world } = await troubled();
    await party.send(ann, world, 'join');
    trace.length = 0;
    storeGate.hold();
    const replies = [party.send(ann, world, 'add', { count: 1 })];
    await turn();
    for (let i = 0; i < 20; i++) replies.push(party.send(ann, world, 'add', { count: 1 }));
    await turn();
    storeGate.release();
    expect((await Promise.all(replies)).every(({ status }) => status === 200)).toBe(true);
    expect(trace).toEqual(['commit 1', 'lock', 'commit 1', 'lock']);
    await party.authority.close();
  });

  it('[A22] a burst is judged in slices, so that its first commit does not wait for its last intent', async () => {
    const { party, ann, world } = await troubled();
    await party.send(ann, world, 'join');
    const before = party.authority.stats().commits;
    const burst = Array.from({ length: 600 }, () => party.send(ann, world, 'add', { count: 1 }));
    await Promise.all(burst);
    expect(party.authority.stats().commits - before).toBeGreaterThan(2);
    expect(party.follow(world)).toMatchObject({ state: { total: 600 } });
    await party.authority.close();
  });

  it('[A23] a receipt names the entry that is in the log', async () => {
    const { party, ann, world } = await troubled();
    const receipt = receiptOf(await party.send(ann, world, 'join'));
    const [bytes] = await party.store.entries(world, receipt.index, receipt.index + 1);
    expect(bytes && leafHash(bytes)).toEqual(receipt.leafHash);
    expect(bytes && decodeEntry(bytes)).toMatchObject({ value: { kind: 'intent', at: receipt.at } });
    await party.authority.close();
  });
});

describe('a failed commit', () => {
  it('[A24] is thrown away whole, and what was in it is judged again and answered', async () => {
    const { party, storeGate, ann, bob, world } = await troubled();
    await party.send(ann, world, 'join');
    storeGate.fail('disk full');
    const replies = await Promise.all([
      party.send(ann, world, 'add', { count: 2 }),
      party.send(bob, world, 'join'),
      party.send(ann, world, 'add', { count: 3 }),
    ]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(party.logged.join()).toMatch(/a commit failed.*disk full/);
    await party.settle();
    expect(party.follow(world)).toMatchObject({ size: 5, state: { total: 5 } });
    await party.authority.close();
  });

  it('[A24] takes with it what was stacked on it, and leaves other worlds alone', async () => {
    const { party, storeGate, ann, bob, world } = await troubled();
    const other = await party.create(bob, 'tally', {});
    await party.send(ann, world, 'join');
    await party.send(bob, other.world, 'join');
    storeGate.hold();
    const first = party.send(ann, world, 'add', { count: 1 });
    await turn();
    const stacked = [
      party.send(ann, world, 'add', { count: 2 }),
      party.send(bob, other.world, 'add', { count: 7 }),
    ];
    await turn();
    storeGate.fail('power');
    storeGate.release();
    expect((await Promise.all([first, ...stacked])).map(({ status }) => status)).toEqual([200, 200, 200]);
    await party.settle();
    expect(party.follow(world)).toMatchObject({ state: { total: 3 } });
    expect(party.follow(other.world)).toMatchObject({ state: { total: 7 } });
    await party.authority.close();
  });

  it('[A25] no two different checkpoints of one size are ever shown', async () => {
    const { party, storeGate, ann, world } = await troubled();
    await party.send(ann, world, 'join');
    for (let i = 0; i < 5; i++) {
      storeGate.fail('again');
      await party.send(ann, world, 'add', { count: 1 });
    }
    await party.settle();
    const roots = new Map<number, string>();
    for (const frame of party.relay.frames) {
      if (frame.t !== 'log') continue;
      const text = new TextDecoder().decode(frame.bytes);
      const size = Number(text.split('\n')[1]);
      expect(roots.get(size) ?? text).toBe(text);
      roots.set(size, text);
    }
    expect(roots.size).toBeGreaterThan(5);
    await party.authority.close();
  });

  it('[A24] a commit that stands though it was reported as failed is locked and shown', async () => {
    const inner = openMemoryStore();
    let isLying = false;
    const store = {
      ...inner,
      async append(commit: Parameters<typeof inner.append>[0]) {
        await inner.append(commit);
        if (isLying) {
          isLying = false;
          throw new Error('lost the answer');
        }
      },
    };
    const party = await openParty({ store, games: [tally] });
    const [ann] = devices('Ann');
    if (!ann) throw new Error('a device');
    const { world } = await party.create(ann, 'tally', {});
    isLying = true;
    expect((await party.send(ann, world, 'join')).status).toBe(200);
    await party.settle();
    expect(party.follow(world).size).toBe(2);
    expect((await party.lock.read())[0]?.size).toBe(2);
    await party.authority.close();
  });

  it('[A24] a lock that cannot be written holds everything back until it can', async () => {
    const { party, lockGate, ann, world } = await troubled();
    lockGate.fail('read-only');
    let reply: Reply | undefined;
    void party.send(ann, world, 'join').then((given) => (reply = given));
    await turn();
    expect(reply).toBeUndefined();
    expect(party.authority.health()).toMatchObject({ ok: false });
    party.clock.jump(1000);
    await party.settle();
    expect(reply).toMatchObject({ status: 200 });
    expect(party.authority.health()).toEqual({ ok: true, reasons: [] });
    await party.authority.close();
  });

  it('[A24] a create whose commit failed is made all the same, once', async () => {
    const { party, storeGate, bob } = await troubled();
    storeGate.fail('no');
    const { world } = await party.create(bob, 'tally', {});
    await party.settle();
    expect(party.follow(world).size).toBe(1);
    const worlds = (await party.store.worlds()).filter((row) => bytesToHex(row.world) === bytesToHex(world));
    expect(worlds).toHaveLength(1);
    await party.authority.close();
  });
});
