import { tally } from '@fairground/authority/testing';
import {
  type Bytes,
  encodeEntry,
  formatCheckpoint,
  appendLeaf,
  emptyFrontier,
  frontierRoot,
  leafHash,
  makeReceipt,
  seedSigner,
  signCheckpoint,
  signedBytes,
  bytesToBase32,
  bytesToBase64,
} from '@fairground/ledger';
import { openDriver } from '@fairground/ledger/testing';
import { createLive, type Follower, type FollowerState } from '@fairground/peer';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createDocWatch } from './docWatch.ts';
import { createMailWatch } from './mailWatch.ts';
import { createWatch } from './watch.ts';

const key = new Uint8Array(32).fill(9);
const {
  now,
  entries: made,
  world: opened,
} = openDriver({
  game: tally,
  config: { goal: 9, fault: 'none', every: 1000, needs: '' },
  seed: 'watch',
});
const [genesis] = made as [Bytes];
const { world } = opened.opening;
const time = (at: number) => encodeEntry({ kind: 'time', at: now + at });

function rootOf(entries: readonly Bytes[]): Bytes {
  return frontierRoot(entries.reduce((tree, entry) => appendLeaf(tree, leafHash(entry)), emptyFrontier()));
}

/** A watch over a log that holds these entries; the lock remembers `locked` of them. */
function watching(entries: readonly Bytes[], locked = entries.length) {
  const watch = createWatch(() => {});
  watch.lockText = () => `${bytesToBase32(world)} ${locked} ${bytesToBase64(key)} x\n`;
  watch.logWrote('prepare', [{ world, secret: key }]);
  watch.logWrote('append', [{ worlds: [{ world, entries }], notes: [] }]);
  const sign = (size: number, root: Bytes) => {
    const text = formatCheckpoint({ origin: opened.origin, size, root });
    watch.signs(new TextEncoder().encode(text), key);
  };
  return { watch, sign };
}

describe('the watch', () => {
  const entries = [genesis, time(2000), time(3000)];

  it('[S1] finds a second checkpoint of a size that was signed', () => {
    const { watch, sign } = watching(entries);
    sign(3, rootOf(entries));
    expect(watch.check).not.toThrow();
    sign(2, rootOf([genesis, time(2001)]));
    expect(watch.check).toThrow(/\[S1\] .* a second checkpoint of size 2/);
  });

  it('[S1] finds a checkpoint that does not go on from what was signed', () => {
    const { watch, sign } = watching(entries);
    sign(3, rootOf(entries));
    const other = [genesis, time(2000), time(3001), time(4000)];
    watch.putsBack('log');
    watch.logWrote('prepare', [{ world, secret: key }]);
    watch.logWrote('append', [{ worlds: [{ world, entries: other }], notes: [] }]);
    watch.lockText = () => `${bytesToBase32(world)} 4 ${bytesToBase64(key)} x\n`;
    sign(4, rootOf(other));
    expect(watch.check).toThrow(/\[S1\] .* does not go on from size 3/);
  });

  it('[S2] finds a checkpoint of what is not on the disk', () => {
    const { watch, sign } = watching(entries);
    sign(4, rootOf([...entries, time(4000)]));
    expect(watch.check).toThrow(/\[S2\]/);
  });

  it('[S4] finds a checkpoint that the lock does not remember, and one behind the lock', () => {
    const early = watching(entries, 2);
    early.sign(3, rootOf(entries));
    expect(early.watch.check).toThrow(/\[S4\] .* the lock remembers 2/);
    const old = watching(entries, 5);
    old.sign(3, rootOf(entries));
    expect(old.watch.check).toThrow(/\[S4\] .* the disk holds less than the 5/);
  });

  it('[S5] finds entries that go back in time', () => {
    const back = [genesis, time(3000), time(2000)];
    const { watch, sign } = watching(back);
    sign(3, rootOf(back));
    expect(watch.check).toThrow(/\[S5\] .* earlier than the one before/);
  });

  it('[S3] finds a receipt for what is no such entry', () => {
    const { watch, sign } = watching(entries);
    sign(3, rootOf(entries));
    const receipt = {
      world,
      origin: 'o',
      keyId: new Uint8Array(4),
      intentHash: key,
      leafHash: key,
      index: 1,
      at: 1,
    };
    watch.signs(signedBytes('receipt', makeReceipt(receipt)), key);
    expect(watch.check).toThrow(/\[S3\] a receipt names entry 1/);
  });

  it('[S7] finds a secret that is made anew, of a world and of a device', () => {
    const { watch } = watching(entries);
    watch.logWrote('prepare', [{ world, secret: new Uint8Array(32) }]);
    expect(watch.check).toThrow(/\[S7\]/);
    const device = createWatch(() => {});
    device.deviceWrote('peer0', 'put', ['secrets', 'w', key]);
    device.deviceWrote('peer0', 'add', ['secrets', 'w', world]);
    expect(device.check).not.toThrow();
    device.deviceWrote('peer0', 'put', ['secrets', 'w', world]);
    expect(device.check).toThrow(/\[S7\] peer0/);
  });

  it('[S6] finds mail that is forgotten before it was answered', () => {
    const mail = createMailWatch();
    mail.relayWrote('mailbox.put', [{ id: 1, hash: key }]);
    expect(() => mail.relayWrote('mailbox.done', [1])).toThrow(/\[S6\]/);
  });

  it('[S8] finds what a page sees and the relay has not stored', () => {
    const docs = createDocWatch();
    const [author, reader] = [new Y.Doc(), new Y.Doc()];
    const found: string[] = [];
    docs.opensRoom('peer1', 'room:a', { doc: reader } as never, ({ message }) => void found.push(message));
    author.getArray('chat').push(['one']);
    const first = Y.encodeStateAsUpdate(author);
    docs.relayWrote('docs.append', [[{ name: 'room:a', update: first, clients: [] }]]);
    Y.applyUpdate(reader, first, 'a provider');
    expect(found).toEqual([]);
    author.getArray('chat').push(['two']);
    Y.applyUpdate(reader, Y.encodeStateAsUpdate(author), 'a provider');
    expect(found.join()).toMatch(/\[S8\] peer1 sees what the relay has not stored/);
  });
});

describe('the watch over a device', () => {
  it('[S13] finds an intent that is called stored and is not on the disk', () => {
    const watch = createWatch(() => {});
    watch.saysStored('peer0', 'one', true);
    expect(watch.check).not.toThrow();
    watch.saysStored('peer0', 'two', false);
    expect(watch.check).toThrow('[S13] peer0 says that two is stored');
  });

  it('[S14] finds a reader that says that a root does not fit, and not one that waits for what is missing', () => {
    const watch = createWatch(() => {});
    const shown = createLive({ size: 0, verified: { level: 'signed', to: 0 } } as FollowerState);
    watch.follows('peer0', { ...shown, world: key, log: {}, shown: {} } as unknown as Follower);
    const say = (code: string) =>
      shown.set({ ...shown.value, fault: { blame: 'transport', code, index: 3, message: code } });
    say('gap');
    expect(watch.check).not.toThrow();
    say('checkpoint_root');
    expect(watch.check).toThrow('[S14] peer0 finds checkpoint_root at entry 3');
  });

  it('[S15] finds a reader that began at a snapshot in what was never signed', async () => {
    const notes: string[] = [];
    const watch = createWatch((line) => void notes.push(line));
    const live = createLive({ size: 0, verified: { level: 'signed', to: 0 } } as FollowerState);
    const signer = seedSigner(key);
    const checkpoint = await signCheckpoint(signer, { origin: 'a/b', size: 9, root: key });
    const shown = { first: 5, size: 9, checkpoint, opened: { replayed: { size: 9 } } };
    watch.follows('peer0', { ...live, world: key, log: {}, shown } as unknown as Follower);
    expect(watch.check).not.toThrow();
    live.set({ ...live.value, size: 9, verified: { level: 'replayed', to: 9, from: 5 } });
    expect(notes).toContain('peer0 begins at entry 5');
    expect(watch.check).toThrow('[S5] peer0 holds 9 entries that were never signed');
  });
});
