import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { eveningFile } from '../testing/evening.ts';
import { run, runJson } from '../testing/run.ts';

let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairground-results-'));
  file = join(folder, 'evening.fair');
  await writeFile(file, (await eveningFile('results', 3)).bytes);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('[C35] results --csv has a row for each seat, with its place, its points and each question', async () => {
  const { code, stdout } = await run(['results', file, '--csv']);
  expect(code).toBe(0);
  const [header, ...rows] = stdout.trim().split('\r\n');
  expect(header).toBe('rank,name,points,right,asked,key,q1,q2,q3');
  const end = await runJson(['results', file, '--json']);
  const seats = end.json as { rank: number; name: string; points: number; answers: string[] }[];
  expect(rows.map((row) => row.split(',').slice(0, 3))).toEqual(
    seats.map(({ rank, name, points }) => [String(rank), name, String(points)]),
  );
  expect(seats.map(({ name }) => name).toSorted()).toEqual(['Bo', 'host']);
  for (const { answers } of seats) expect(answers).toHaveLength(3);
  expect((await run(['results', file])).stdout).toContain('Bo');
});

test('[C35] results agree with the board that the replay ends with', async () => {
  const { json } = await runJson(['results', file, '--json']);
  const { stdout } = await run(['replay', file]);
  const board = (json as { rank: number; name: string; points: number }[]).map(
    ({ rank, name, points }) => `${rank}. ${name}  ${points}`,
  );
  for (const line of board) expect(stdout).toContain(line);
});

test('[C35] a file that is not there, or is no log, ends with 2 and a sentence', async () => {
  const { code, stderr } = await run(['results', join(folder, 'nowhere.fair')]);
  expect(code).toBe(2);
  expect(stderr).toContain('nowhere.fair');
});
