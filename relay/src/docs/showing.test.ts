import { CROWD_MS, CROWD_READERS } from '@fairground/protocol';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { handClock, until } from '../testing/party.ts';
import { silentLog } from '../ports.ts';
import { createMemoryStore } from '../store/memoryStore.ts';
import { createCommitter } from './committer.ts';
import type { DocConnection } from './connection.ts';
import { DocHub } from './docHub.ts';
import { readFrame } from './frames.ts';
import { createShowing } from './showing.ts';

/** What each of a list of words adds, and a reader's copy. */
function words(count: number) {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (let i = 0; i < count; i++) doc.getArray('chat').push([i]);
  return updates;
}

function readAll(updates: readonly Uint8Array[]): readonly unknown[] {
  const copy = new Y.Doc();
  for (const update of updates) Y.applyUpdate(copy, update);
  return copy.getArray('chat').toArray();
}

function stage(readers: number) {
  const clock = handClock();
  const shown: { readonly update: Uint8Array; readonly author: object | undefined }[] = [];
  const showing = createShowing({
    clock,
    readers: () => readers,
    send: (update, author) => shown.push({ update, author }),
  });
  return { clock, shown, showing };
}

describe('what is durable is shown', () => {
  it('[Y48] to few at once, each by itself', () => {
    const { shown, showing } = stage(CROWD_READERS);
    for (const update of words(5)) showing.show(update, undefined);
    expect(shown).toHaveLength(5);
  });

  it('[Y48] to a crowd at once, and then in merges in which nothing is missing', () => {
    const { clock, shown, showing } = stage(CROWD_READERS + 1);
    const updates = words(6);
    for (const update of updates.slice(0, 4)) showing.show(update, undefined);
    expect(shown).toHaveLength(1);
    clock.advance(CROWD_MS - 1);
    expect(shown).toHaveLength(1);
    clock.advance(1);
    expect(readAll(shown.map(({ update }) => update))).toEqual([0, 1, 2, 3]);
    for (const update of updates.slice(4)) showing.show(update, undefined);
    clock.advance(CROWD_MS);
    expect(shown).toHaveLength(3);
    expect(readAll(shown.map(({ update }) => update))).toEqual([0, 1, 2, 3, 4, 5]);
    clock.advance(10 * CROWD_MS);
    expect(shown).toHaveLength(3);
  });

  it('[Y47] to all but the author, if the whole merge is by one', () => {
    const { clock, shown, showing } = stage(CROWD_READERS + 1);
    const [ann, ben] = [{}, {}];
    const [first, ...rest] = words(5);
    const take = (update: Uint8Array | undefined, author: object) => update && showing.show(update, author);
    take(first, ben);
    take(rest[0], ann);
    take(rest[1], ann);
    clock.advance(CROWD_MS);
    take(rest[2], ann);
    take(rest[3], ben);
    clock.advance(CROWD_MS);
    expect(shown.map(({ author }) => author)).toEqual([ben, ann, undefined]);
  });

  it('[Y48] when the crowd has gone, at once again; and never after the end', () => {
    let readers = CROWD_READERS + 1;
    const clock = handClock();
    const shown: Uint8Array[] = [];
    const showing = createShowing({ clock, readers: () => readers, send: (update) => shown.push(update) });
    const updates = words(5);
    const next = () => showing.show(updates.shift() ?? new Uint8Array(0), undefined);
    next();
    next();
    readers = 2;
    clock.advance(CROWD_MS);
    expect(shown).toHaveLength(2);
    next();
    expect(shown).toHaveLength(3);
    readers = CROWD_READERS + 1;
    next();
    next();
    showing.stop();
    clock.advance(CROWD_MS);
    expect(shown).toHaveLength(4);
  });
});

it('[Y48] the authority’s words come to a crowd at once', async () => {
  const clock = handClock();
  const store = createMemoryStore();
  const committer = createCommitter({ store: store.docs, clock, log: silentLog });
  const docs = new DocHub({ store: store.docs, clock, log: silentLog, committer });
  const got: Uint8Array[] = [];
  const reader = (): DocConnection => ({ send: (frame) => got.push(frame), close: () => {} });
  const crowd = Array.from({ length: CROWD_READERS + 1 }, reader);
  for (const connection of crowd) await docs.join({ kind: 'directory' }, connection);
  const heard = () => got.map(readFrame).filter((frame) => frame?.kind === 'update').length;
  for (const [i, update] of words(2).entries()) {
    await docs.publish({ kind: 'directory' }, update);
    await committer.drain();
    await until(() => heard() === (i + 1) * crowd.length);
  }
  expect(heard()).toBe(2 * crowd.length);
});
