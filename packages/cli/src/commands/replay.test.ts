import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { eveningFile, partyFile } from '../testing/evening.ts';
import { run, runJson } from '../testing/run.ts';

let folder: string;
let file: string;
let size: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairground-replay-'));
  const evening = await eveningFile('replay', 3);
  size = evening.entries.length;
  file = join(folder, 'evening.fair');
  await writeFile(file, evening.bytes);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('[C20] replay --at prints index, time and the spectator’s view after that entry', async () => {
  const lobby = await runJson(['replay', file, '--at', '2']);
  expect(lobby.json).toMatchObject({
    index: 2,
    state: { game: 'trivia', phase: 'lobby', standings: [{ name: 'host' }, { name: 'Bo' }] },
  });
  const end = await runJson(['replay', file, '--at', String(size - 1)]);
  expect(end.json).toMatchObject({ index: size - 1, state: { phase: 'closed' } });
  expect(Object.keys(end.json as object)).toEqual(['index', 'time', 'state']);
  expect((end.json as { time: number }).time).toBeGreaterThan((lobby.json as { time: number }).time);
});

test('[C21] replay tells the evening in plain words, with what was asked, what was right and who got what', async () => {
  const { code, stdout } = await run(['replay', file]);
  expect(code).toBe(0);
  expect(stdout).toContain('Bo joins');
  expect(stdout).toMatch(/Question 1 of 3: Question \d\?/);
  expect(stdout).toMatch(/Right is [A-F] .+: host \+\d+/);
  expect(stdout).toMatch(/The match is closed: every question was played[\s\S]*1\. host {2}\d+/);
  const lines = (await run(['replay', file, '--json'])).stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(lines.at(0)).toMatchObject({
    index: 0,
    kind: 'genesis',
    text: expect.stringContaining('opens the world') as string,
  });
});

test('[C23] replay tells what a host did, why, and to whom, and what each kind of question wanted', async () => {
  const party = join(folder, 'party.fair');
  await writeFile(party, (await partyFile()).bytes);
  const { code, stdout } = await run(['replay', party]);
  expect(code).toBe(0);
  for (const words of [
    'bob joins team 2',
    'host locks the room',
    'host pauses the match: "Pizza"',
    'bob pauses the match: refused, only the host may',
    'host lets the match go on',
    'host sends cid out for 1 s: "Shouting"',
    'bob asks whether the host is still there',
    'host makes bob host',
    'What each dares is staked on the last question',
    'bob stakes something',
    'Question 1 of 7, for practice: ',
    'Question 5 of 7, lightning: ',
    'Right is Émile Zola',
    'Right is 8849 m',
    ', then ',
    'Right is whatever one thinks',
    '1. Team ',
  ])
    expect(stdout).toContain(words);
});

test('[C22] an index past the end, and a log that does not verify, are not played', async () => {
  const past = await run(['replay', file, '--at', String(size)]);
  expect(past.code).toBe(2);
  expect(past.stderr).toContain(`the log has ${size} entries`);
  const broken = join(folder, 'broken.fair');
  await writeFile(
    broken,
    (await eveningFile('replay', 3)).bytes.map((byte, i) => (i === 400 ? byte ^ 1 : byte)),
  );
  const refused = await run(['replay', broken]);
  expect(refused.code).toBe(1);
  expect(refused.stdout).toBe('');
});
