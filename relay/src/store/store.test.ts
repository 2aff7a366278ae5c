import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, vi } from 'vitest';
import { describeRelayStore } from './contract/suites.ts';
import { createMemoryStore } from './memoryStore.ts';
import { openSqliteStore } from './sqliteStore.ts';

vi.setConfig({ testTimeout: 20_000 });

const folder = () => mkdtemp(join(tmpdir(), 'fairground-relay-'));

describeRelayStore('in memory', { open: () => Promise.resolve(createMemoryStore()) });

let path = '';
describeRelayStore('SQLite', {
  async open() {
    path = join(await folder(), 'relay.sqlite');
    return openSqliteStore(path);
  },
  async reopen(store) {
    await store.close();
    return openSqliteStore(path);
  },
});

it('[Y44] a group that fails is wholly undone and says so to everyone who asked', async () => {
  const file = join(await folder(), 'relay.sqlite');
  const store = await openSqliteStore(file);
  await store.docs.append([{ name: 'd', update: new Uint8Array([1]), clients: [] }]);
  // A name that is no text breaks the strict table in the middle of the batch.
  const broken = { name: 7 as unknown as string, update: 'x' as unknown as Uint8Array, clients: [] };
  await expect(
    store.docs.append([{ name: 'd', update: new Uint8Array([2]), clients: [] }, broken]),
  ).rejects.toThrow('BLOB');
  expect((await store.docs.load('d'))?.updates).toEqual([new Uint8Array([1])]);
  await store.close();
  await expect(store.docs.load('d')).rejects.toThrow('closed');
});

it('[Y44] what is only read at the same time is answered all the same', async () => {
  const store = await openSqliteStore(join(await folder(), 'relay.sqlite'));
  const kept = { name: 'd', update: new Uint8Array([1]), clients: [] };
  await store.docs.append([kept]);
  const broken = { name: 'd', update: 'x' as unknown as Uint8Array, clients: [] };
  const [good, bad, loaded, last] = await Promise.allSettled([
    store.docs.append([kept]),
    store.docs.append([broken]),
    store.docs.load('d'),
    store.mailbox.lastId(),
  ]);
  expect([good.status, bad.status]).toEqual(['rejected', 'rejected']);
  expect(loaded).toMatchObject({ status: 'fulfilled', value: { updates: [kept.update] } });
  expect(last).toEqual({ status: 'fulfilled', value: 0 });
  await store.close();
});

it('[Y44] commits are synced to disk', async () => {
  const file = join(await folder(), 'relay.sqlite');
  const store = await openSqliteStore(file);
  const database = new DatabaseSync(file);
  expect(database.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' });
  database.close();
  await store.close();
});
