import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { openMemoryStore } from './memoryStore.ts';
import { LOG_FILE, SECRETS_FILE } from './openLog.ts';
import { openSqliteStore } from './sqliteStore.ts';
import { logStoreContract, sampleAppend, samplePlan } from './storeContract.ts';

const folders: string[] = [];
async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'fair-store-'));
  folders.push(made);
  return made;
}
afterAll(async () => {
  for (const made of folders) await rm(made, { recursive: true });
});

describe('log stores', () => {
  logStoreContract('memory', async () => openMemoryStore());
  logStoreContract('sqlite', async () => openSqliteStore(await folder()));

  it('[A1] what a commit wrote is there when the files are opened again', async () => {
    const data = await folder();
    const first = await openSqliteStore(data);
    await first.prepare(samplePlan(1));
    await first.append({ worlds: [sampleAppend(1, 0, [new Uint8Array([1])])], notes: [] });
    await first.close();
    const second = await openSqliteStore(data);
    expect(await second.entries(samplePlan(1).world, 0, 9)).toEqual([new Uint8Array([1])]);
    await second.close();
  });

  it('[A7] a folder of the version before has its bytes counted when it is opened', async () => {
    const data = await folder();
    const first = await openSqliteStore(data);
    for (const tag of [1, 2, 3]) await first.prepare(samplePlan(tag));
    const worlds = [
      sampleAppend(1, 0, [new Uint8Array(30), new Uint8Array(5000)]),
      sampleAppend(2, 0, [new Uint8Array(4)]),
    ];
    await first.append({ worlds, notes: [] });
    await first.close();
    const db = new DatabaseSync(join(data, LOG_FILE));
    db.exec('ALTER TABLE world DROP COLUMN bytes; PRAGMA user_version = 1');
    db.close();
    const second = await openSqliteStore(data);
    expect((await second.worlds()).map(({ bytes }) => bytes)).toEqual([5030, 4, 0]);
    await second.close();
  });

  it('[A4] secrets and supplies lie in another file than the log', async () => {
    const data = await folder();
    const store = await openSqliteStore(data);
    await store.prepare(samplePlan(1));
    await store.putSupply(samplePlan(1).world, { what: 'deal', index: 0, value: 'right answer' });
    await store.close();
    expect(await readdir(data)).toEqual(expect.arrayContaining([LOG_FILE, SECRETS_FILE]));
    const log = new DatabaseSync(join(data, LOG_FILE));
    const tables = log.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    expect(tables.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['secret']));
    expect(tables.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['supply']));
    log.close();
  });

  it('[A5] a data folder of a later version is refused with a sentence', async () => {
    const data = await folder();
    const db = new DatabaseSync(join(data, LOG_FILE));
    db.exec('PRAGMA user_version = 99');
    db.close();
    await expect(openSqliteStore(data)).rejects.toThrow(/format 99.*start the program that wrote it/);
  });
});
