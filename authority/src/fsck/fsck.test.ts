import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { bytesToHex, randomBytes } from '@fairground/ledger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEY_FILE } from '../keys/keyFile.ts';
import { LOCK_FILE, openFileLock } from '../lock/fileLock.ts';
import { lockFolderOf } from '../lock/lockFolder.ts';
import { LOG_FILE, SECRETS_FILE } from '../store/openLog.ts';
import { openSqliteStore } from '../store/sqliteStore.ts';
import { createDevice, labelled } from '../testing/device.ts';
import { openParty, testKeys } from '../testing/party.ts';
import { tally } from '../testing/tally.ts';
import { fsck } from './fsck.ts';
import type { FaultCode } from './report.ts';

let home = '';
const games = [tally];

/** A world with full tiles, a finished segment and a snapshot, and one that is closed; written as a real authority writes. */
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'fair-fsck-'));
  const folder = join(home, 'sound', 'data', 'authority');
  const store = await openSqliteStore(folder);
  const lock = await openFileLock(lockFolderOf(join(home, 'sound', 'lock'), testKeys.signer.key));
  await writeFile(join(folder, KEY_FILE), bytesToHex(labelled('authority')), { mode: 0o600 });
  const party = await openParty({ store, lock, games });
  const ann = createDevice('Ann');
  const long = await party.create(ann, 'tally', { goal: 100_000 });
  const short = await party.create(ann, 'tally', { goal: 2 });
  for (const { world } of [long, short]) await party.send(ann, world, 'join');
  await party.send(ann, short.world, 'add', { count: 2 });
  for (let i = 0; i < 11; i++)
    await Promise.all(Array.from({ length: 100 }, () => party.send(ann, long.world, 'add', { count: 1 })));
  await party.authority.close();
  await store.close();
  await lock.close();
});
afterAll(() => rm(home, { recursive: true }));

interface Copy {
  readonly dataDir: string;
  readonly lockDir: string;
  readonly lockFile: string;
  sql(statement: string): void;
  secrets(statement: string): void;
}

async function copy(): Promise<Copy> {
  const to = join(home, bytesToHex(randomBytes(6)));
  await cp(join(home, 'sound'), to, { recursive: true });
  const [dataDir, lockDir] = [join(to, 'data'), join(to, 'lock')];
  const run = (file: string) => (statement: string) => {
    const db = new DatabaseSync(join(dataDir, 'authority', file));
    db.exec(statement);
    db.close();
  };
  const lockFile = join(lockFolderOf(lockDir, testKeys.signer.key), LOCK_FILE);
  return { dataDir, lockDir, lockFile, sql: run(LOG_FILE), secrets: run(SECRETS_FILE) };
}

/** Every file under a folder with its bytes' hash and its time. */
async function traceOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const lines = names.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const { mtimeNs, mode } = await stat(path, { bigint: true });
    const hash = entry.isFile()
      ? createHash('sha256')
          .update(await readFile(path))
          .digest('hex')
      : 'folder';
    return [relative(folder, path), [mtimeNs, mode, hash].join(' ')] as const;
  });
  return Object.fromEntries(await Promise.all(lines));
}

function filesOf(trace: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(trace).filter(([, line]) => !line.endsWith('folder')));
}

/** Changes one byte in the middle of a blob. */
function flip(table: string, column: string, where: string): string {
  const middle = `length(${column}) / 2`;
  const other = `CASE substr(${column}, ${middle}, 1) WHEN x'00' THEN x'01' ELSE x'00' END`;
  return `UPDATE ${table} SET ${column} = CAST(substr(${column}, 1, ${middle} - 1) || ${other} || substr(${column}, ${middle} + 1) AS BLOB) WHERE ${where}`;
}

describe('fsck', () => {
  it('[A98] sees one moment of a folder that is being written', async () => {
    const { sql, ...folders } = await copy();
    // An authority keeps its log open as long as it runs.
    const running = new DatabaseSync(join(folders.dataDir, 'authority', LOG_FILE));
    running.exec('SELECT * FROM world');
    let writes = 0;
    // The rules are asked in the middle of the proof; a running authority commits then.
    const busy = {
      ...tally,
      open: (...args: Parameters<typeof tally.open>) => {
        writes += 1;
        sql(
          `INSERT INTO entry SELECT world, idx + 1, x'00' FROM entry ORDER BY world DESC, idx DESC LIMIT 1`,
        );
        return tally.open(...args);
      },
    };
    expect(await fsck({ ...folders, games: [busy] })).toMatchObject({ ok: true, faults: [] });
    expect(writes).toBeGreaterThan(0);
    running.close();
  });

  it('[A95] finds nothing in a sound folder, and says how much it proved', async () => {
    expect(await fsck({ ...(await copy()), games })).toEqual({
      ...{ ok: true, faults: [], notes: [], worlds: 2 },
      entries: expect.any(Number) as number,
    });
  });

  it('[A95] leaves a stopped folder as it was: its list of files, their bytes and their times', async () => {
    const folder = await copy();
    const before = await traceOf(dirname(folder.dataDir));
    expect(Object.keys(before)).toContain(join('data', 'authority', LOG_FILE));
    expect(await fsck({ ...folder, games })).toMatchObject({ ok: true });
    expect(await traceOf(dirname(folder.dataDir))).toEqual(before);
  });

  it('[A95] reads the WAL that a killed authority left, and leaves it and all else but its -shm as it was', async () => {
    const folder = await copy();
    const path = join(folder.dataDir, 'authority', LOG_FILE);
    const writer = new DatabaseSync(path);
    writer.exec('DELETE FROM entry WHERE world = 1 AND idx = 1100');
    // As the kill leaves it: copied while it is open, for closing folds the WAL into the file.
    const killed = `${dirname(folder.dataDir)}-killed`;
    await cp(dirname(folder.dataDir), killed, { recursive: true });
    writer.close();
    await rm(join(killed, 'data', 'authority', `${LOG_FILE}-shm`));
    const before = filesOf(await traceOf(killed));
    expect(Object.keys(before)).toContain(join('data', 'authority', `${LOG_FILE}-wal`));
    const report = await fsck({ dataDir: join(killed, 'data'), lockDir: join(killed, 'lock'), games });
    expect(report.faults.map(({ code }) => code)).toContain('entry_missing');
    const after = filesOf(await traceOf(killed));
    expect(after).toMatchObject(before);
    const made = Object.keys(after).filter((name) => !(name in before));
    expect(made.filter((name) => !/sqlite-(shm|wal)$/u.test(name))).toEqual([]);
  });

  it('[A95] finds nothing where the newest entries are not signed yet, as after a crash', async () => {
    const folder = await copy();
    folder.sql(
      "UPDATE batch SET checkpoint = x'' WHERE until = (SELECT max(until) FROM batch AS b WHERE b.world = batch.world)",
    );
    folder.sql(
      'UPDATE world SET checkpoint = (SELECT checkpoint FROM batch WHERE batch.world = no AND length(checkpoint) > 0 ORDER BY first DESC LIMIT 1)',
    );
    expect(await fsck({ ...folder, games })).toMatchObject({ ok: true, faults: [] });
    folder.sql("UPDATE batch SET checkpoint = x'' WHERE first = 0");
    const { faults } = await fsck({ ...folder, games });
    expect(faults.map(({ code }) => code)).toContain('batch_bad');
  });

  const planted: readonly (readonly [string, FaultCode, (folder: Copy) => void | Promise<void>])[] = [
    [
      'a byte of an entry',
      'replay_failed',
      ({ sql }) => sql(flip('entry', 'bytes', 'world = 1 AND idx = 500')),
    ],
    [
      'a byte of the genesis',
      'genesis_other',
      ({ sql }) => sql(flip('entry', 'bytes', 'world = 1 AND idx = 0')),
    ],
    [
      'a missing entry',
      'entry_missing',
      ({ sql }) => sql('DELETE FROM entry WHERE world = 1 AND idx = 1100'),
    ],
    [
      'an entry past the end',
      'entry_missing',
      ({ sql }) =>
        sql(
          'INSERT INTO entry SELECT world, idx + 1, bytes FROM entry WHERE world = 2 ORDER BY idx DESC LIMIT 1',
        ),
    ],
    ['a byte of a tile', 'tile_bad', ({ sql }) => sql(flip('tile', 'bytes', 'world = 1 AND n = 2'))],
    ['a missing tile', 'tile_bad', ({ sql }) => sql('DELETE FROM tile WHERE world = 1 AND n = 3')],
    ['a byte of the checkpoint', 'checkpoint_bad', ({ sql }) => sql(flip('world', 'checkpoint', 'no = 1'))],
    [
      "another world's checkpoint",
      'checkpoint_bad',
      ({ sql }) =>
        sql('UPDATE world SET checkpoint = (SELECT checkpoint FROM world WHERE no = 2) WHERE no = 1'),
    ],
    ['a byte of the frontier', 'frontier_bad', ({ sql }) => sql(flip('world', 'frontier', 'no = 1'))],
    [
      'a byte of a batch',
      'batch_bad',
      ({ sql }) => sql(flip('batch', 'checkpoint', 'world = 1 AND first = 0')),
    ],
    ['a missing batch', 'batch_bad', ({ sql }) => sql('DELETE FROM batch WHERE world = 2 AND first = 0')],
    ['a byte of a snapshot', 'snapshot_bad', ({ sql }) => sql(flip('snapshot', 'bytes', 'world = 1'))],
    ['a missing snapshot', 'snapshot_bad', ({ sql }) => sql('DELETE FROM snapshot WHERE world = 1')],
    ['a moved segment', 'segment_bad', ({ sql }) => sql('UPDATE segment SET until = 768 WHERE world = 1')],
    [
      'an intent that is not found',
      'index_bad',
      ({ sql }) => sql('DELETE FROM intent WHERE world = 1 AND idx = 400'),
    ],
    [
      'another count of bytes',
      'bytes_bad',
      ({ sql }) => sql('UPDATE world SET bytes = bytes - 1 WHERE no = 1'),
    ],
    ['a world said to be open', 'closed_bad', ({ sql }) => sql('UPDATE world SET closed = 0 WHERE no = 2')],
    ['a byte of a secret', 'secret_other', ({ secrets }) => secrets(flip('secret', 'secret', 'true'))],
    [
      'a size that is too small',
      'entry_missing',
      ({ sql }) => sql('UPDATE world SET size = size - 1 WHERE no = 1'),
    ],
    [
      'a lock that is ahead',
      'lock_ahead',
      ({ sql }) =>
        sql(
          'UPDATE world SET size = size - 1 WHERE no = 1; DELETE FROM entry WHERE world = 1 AND idx = (SELECT size FROM world WHERE no = 1)',
        ),
    ],
    [
      'a lock of another tree',
      'lock_differs',
      async ({ lockDir }) => {
        const lock = await openFileLock(lockFolderOf(lockDir, testKeys.signer.key));
        const [row] = await lock.read();
        if (row) await lock.write([{ ...row, root: new Uint8Array(32) }]);
        await lock.close();
      },
    ],
    [
      'a damaged lock',
      'lock_damaged',
      async ({ lockFile }) => writeFile(lockFile, `x${await readFile(lockFile, 'utf8')}`),
    ],
    [
      'a lock that knows a lost world',
      'lock_ahead',
      async ({ lockDir }) => {
        const lock = await openFileLock(lockFolderOf(lockDir, testKeys.signer.key));
        await lock.write([{ world: new Uint8Array(32), size: 3, root: new Uint8Array(32) }]);
        await lock.close();
      },
    ],
  ];

  it.each(planted)('[A96] finds %s (%s)', async (_what, code, plant) => {
    const folder = await copy();
    await plant(folder);
    const report = await fsck({ ...folder, games });
    expect(report.ok).toBe(false);
    expect(report.faults.map((fault) => fault.code)).toContain(code);
  });

  it('[A97] a lock that has to catch up is a note, not a fault', async () => {
    const folder = await copy();
    const text = await readFile(folder.lockFile, 'utf8');
    const [first = ''] = text.split('\n');
    await writeFile(folder.lockFile, `${first}\n`);
    const report = await fsck({ ...folder, games });
    expect(report).toMatchObject({ faults: [], ok: true });
    expect(report.notes.join()).toMatch(/entries behind|does not know world/);
  });

  it('[A97] what cannot be read at all is said in a sentence', async () => {
    await expect(fsck({ dataDir: join(home, 'nowhere'), lockDir: home })).rejects.toThrow(
      /holds no log: name the folder/,
    );
    const folder = await copy();
    await rm(join(folder.dataDir, 'authority', KEY_FILE));
    await expect(fsck(folder)).rejects.toThrow(/missing or no key/);
  });
});
