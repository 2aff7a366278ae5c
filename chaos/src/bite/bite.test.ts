import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { authorityBugs } from './authorityBugs.ts';
import { type Bug, plant } from './bug.ts';
import { otherBugs } from './otherBugs.ts';
import { snapshotBugs } from './snapshotBugs.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');
const bugs = [...authorityBugs, ...otherBugs, ...snapshotBugs];

describe('planted bugs', () => {
  it.each(bugs)('[S12] "$name" has its place', async (bug) => {
    const text = await readFile(join(root, bug.file), 'utf8');
    expect(plant(text, bug)).not.toBe(text);
  });

  it('[S12] there are twenty and more, each by its own name', () => {
    expect(new Set(bugs.map(({ name }) => name)).size).toBe(bugs.length);
    expect(bugs.length).toBeGreaterThanOrEqual(20);
  });

  it('[S12] one whose place is not there, or there twice, is none', () => {
    const bug: Bug = { name: 'a', file: 'b', edits: [{ find: 'x', put: 'y' }] };
    expect(() => plant('no', bug)).toThrow(/"a": its place in b is there 0 times/);
    expect(() => plant('x and x', bug)).toThrow(/2 times/);
    expect(plant('an x', bug)).toBe('an y');
  });

  it('[S12] three of them are found by the first seeds, in a copy', async () => {
    const args = [join(root, 'chaos/src/bite/main.ts'), '--most', '3', '--seeds', '4'];
    const { stdout } = await run(process.execPath, args, { cwd: root });
    expect(stdout).toMatch(/\| reply before commit \|.*\| S3 \| 1 \|/);
    expect(stdout).toMatch(/\| lock after publish \|.*\| S4 \| 1 \|/);
    expect(stdout).toMatch(/3 bugs planted, 3 found/);
  });
});
