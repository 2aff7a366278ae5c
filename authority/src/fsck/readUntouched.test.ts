import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOG_FILE, openLog, SECRETS_FILE } from '../store/openLog.ts';
import { readUntouched } from './readUntouched.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fair-untouched-'));
  openLog(folder).close();
});
afterEach(() => rm(folder, { recursive: true }));

const write = (db: DatabaseSync) => db.exec('CREATE TABLE word (text); INSERT INTO word VALUES (1)');
const tables = (db: DatabaseSync) => db.prepare("SELECT name FROM sqlite_schema WHERE name = 'word'").all();

describe('[A98] a log that nobody writes', () => {
  it('is read with nothing made beside it', async () => {
    expect(await readUntouched(folder, async (db) => tables(db))).toEqual([]);
    expect((await readdir(folder)).toSorted()).toEqual([LOG_FILE, SECRETS_FILE]);
  });

  it.each(['stays', 'is gone again'] as const)(
    'is read again when a writer came meanwhile and %s',
    async (then) => {
      const seen: number[] = [];
      let writer: DatabaseSync | undefined;
      const found = await readUntouched(folder, async (db) => {
        if (!writer) {
          writer = openLog(folder);
          write(writer);
          if (then === 'is gone again') writer.close();
        }
        seen.push(tables(db).length);
        if (seen.length === 1) throw new Error('half of it was old and half of it new');
        return tables(db).length;
      });
      expect([found, seen.length]).toEqual([1, 2]);
      if (then === 'stays') writer?.close();
    },
  );

  it('fails as the reader fails when nobody came', async () => {
    const failing = readUntouched(folder, () => Promise.reject(new Error('no such entry')));
    await expect(failing).rejects.toThrow('no such entry');
  });
});
