import { limits } from '@fairground/protocol';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { silentLog, systemClock } from '../ports.ts';
import { createMemoryStore } from '../store/memoryStore.ts';
import { createClientIds } from './clientIds.ts';
import { createCommitter } from './committer.ts';
import { DocLog } from './docLog.ts';
import { cpuMs } from '../testing/cpuMs.ts';

/** A document of this many bytes, of which `more` are written and deleted again. */
function openFilled(bytes: number, more = 0): DocLog {
  const store = createMemoryStore().docs;
  const committer = createCommitter({ store, clock: systemClock, log: silentLog });
  const writer = new Y.Doc();
  const updates: Uint8Array[] = [];
  writer.on('update', (update: Uint8Array) => updates.push(update));
  for (let filled = 0; filled < bytes; filled += 50_000) writer.getArray('chat').push(['x'.repeat(50_000)]);
  for (let filled = 0; filled < more; filled += 50_000) {
    writer.getMap('m').set('k', 'x'.repeat(50_000));
    writer.getMap('m').delete('k');
  }
  const stored = { updates, clients: [] };
  const deps = { store, committer, ids: createClientIds([]), durable: () => {}, lost: () => {} };
  return new DocLog(deps, 'room:x', stored);
}

const MiB = 2 ** 20;

it('[Y27] what was deleted again takes no room', () => {
  const update = new Uint8Array(1000);
  expect(openFilled(3 * MiB, 4 * MiB).hasRoomFor(update)).toBe(true);
  expect(openFilled(limits.documentBytes.max).hasRoomFor(update)).toBe(false);
});

it('[X28] a document near its limit is not measured anew for each small update', () => {
  const update = new Uint8Array(30);
  for (const log of [openFilled(3 * MiB, 4 * MiB), openFilled(limits.documentBytes.max)]) {
    const ms = cpuMs(() => {
      for (let i = 0; i < 2000; i++) log.hasRoomFor(update);
    });
    // Each measure takes several milliseconds.
    expect(ms).toBeLessThan(500);
  }
});
