import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rewrite, writeWalAgain } from './writeWalAgain.ts';

let home = '';
let live: DatabaseSync;
let crashed = '';

/** A database that is open, and what a kill would leave of it. */
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'fair-wal-'));
  live = new DatabaseSync(join(home, 'live.sqlite'));
  live.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (x);');
  for (let i = 0; i < 100; i++) live.prepare('INSERT INTO t VALUES (?)').run(i);
  crashed = join(home, 'crashed.sqlite');
  for (const end of ['', '-wal']) cpSync(join(home, `live.sqlite${end}`), `${crashed}${end}`);
});
afterAll(() => {
  live.close();
  rmSync(home, { recursive: true });
});

/** Files that were last written long ago. */
function aged(path: string): string {
  utimesSync(path, 1, 1);
  return path;
}

describe('a write-ahead log that a killed process left', () => {
  it('[A6] [Y131] is written again byte for byte', () => {
    const wal = aged(`${crashed}-wal`);
    const before = readFileSync(wal);
    rewrite(wal);
    expect(readFileSync(wal).equals(before)).toBe(true);
    expect(statSync(wal).mtimeMs).toBeGreaterThan(1000);
  });

  it('[A6] [Y131] loses nothing by it', () => {
    writeWalAgain(crashed);
    const db = new DatabaseSync(crashed);
    expect(db.prepare('SELECT count(*) AS n, sum(x) AS sum FROM t').get()).toEqual({ n: 100, sum: 4950 });
    expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    db.close();
  });

  it('[A6] [Y131] is left alone while somebody has it open, and where there is none', () => {
    const wal = aged(join(home, 'live.sqlite-wal'));
    writeWalAgain(join(home, 'live.sqlite'));
    expect(statSync(wal).mtimeMs).toBe(1000);
    writeWalAgain(join(home, 'missing.sqlite'));
    expect(existsSync(join(home, 'missing.sqlite'))).toBe(false);
  });
});
