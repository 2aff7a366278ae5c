import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { createAnswering } from './answerTogether.ts';
import { describeRelayStore } from './contract/suites.ts';
import { createMemoryStore } from './memoryStore.ts';
import { openDatabase } from './sqliteSchema.ts';
import { openSqliteStore } from './sqliteStore.ts';

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
  const database = openDatabase(join(await folder(), 'relay.sqlite'));
  const answer = createAnswering(database);
  const append = (id: number, update: unknown) =>
    ({ id, op: 'docsAppend', args: [[{ name: 'd', update, clients: [] }]] }) as const;
  const reads = [
    { id: 8, op: 'docsLoad', args: ['d'] },
    { id: 9, op: 'mailLastId', args: [] },
  ] as const;
  expect(answer([append(1, new Uint8Array([1]))])).toEqual([{ done: [{ id: 1, value: undefined }] }]);
  const [changes, answered, ...more] = answer([
    append(2, new Uint8Array([2])),
    reads[0],
    append(3, 'no bytes'),
    reads[1],
  ]);
  expect(changes).toMatchObject({ done: [{ id: 2 }, { id: 3 }], failed: expect.stringContaining('BLOB') });
  expect(answered).toMatchObject({
    done: [
      { id: 8, value: { updates: [new Uint8Array([1])] } },
      { id: 9, value: 0 },
    ],
  });
  expect(answered).not.toHaveProperty('failed');
  expect(more).toEqual([]);
  database.close();
});

it('[Y44] commits are synced to disk', async () => {
  const file = join(await folder(), 'relay.sqlite');
  const store = await openSqliteStore(file);
  const database = new DatabaseSync(file);
  expect(database.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' });
  database.close();
  await store.close();
});
