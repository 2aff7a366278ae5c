import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTemporaryHouse, type TemporaryHouse } from '../server/temporaryHouse.ts';
import { nimBot } from '../simulate/nimBot.ts';
import { type Party, runParty } from '../simulate/party.ts';
import { createSeed } from '../simulate/seeds.ts';
import { run, runJson } from '../testing/run.ts';

let folder: string;
let house: TemporaryHouse;
let party: Party;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairground-export-'));
  house = await openTemporaryHouse();
  const seed = createSeed(60);
  party = await runParty({
    url: house.url,
    seed,
    game: 'nim',
    config: { stones: 7, turnMs: 30_000 },
    players: 2,
    bot: nimBot({ seed }),
    patienceMs: 60_000,
    tell: () => {},
  });
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true, force: true });
});

describe('[C60] export from a running relay', () => {
  test('writes the log that was followed, given the room’s capability', async () => {
    const { world, cap } = party.joined;
    const file = join(folder, 'nim.fair');
    const { code, json } = await runJson([
      'export',
      world,
      '--url',
      house.url,
      `--cap=${cap}`,
      '-o',
      file,
      '--json',
    ]);
    expect({ code, json }).toEqual({ code: 0, json: { world, size: party.log.entries.length, file } });
    expect((await run(['verify', file, '--anchor', world, '--quiet'])).code).toBe(0);
  });

  test('writes nothing without it, and nothing of a world that is not there', async () => {
    const file = join(folder, 'none.fair');
    const other = `${party.joined.world.slice(0, -1)}${party.joined.world.endsWith('a') ? 'q' : 'a'}`;
    for (const args of [[party.joined.world], [other, `--cap=${party.joined.cap}`], ['nonsense']]) {
      const { code, stdout, stderr } = await run(['export', ...args, '--url', house.url, '-o', file]);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
      expect(stderr).toMatch(/^fairground: .+\n$/);
    }
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });

  test('a live log verifies by its address, with the capability in it', async () => {
    const { world, cap } = party.joined;
    const { code, json } = await runJson([
      'verify',
      `${house.url}/log/${world}?cap=${cap}`,
      '--anchor',
      world,
      '--json',
    ]);
    expect(code).toBe(0);
    expect(json).toMatchObject({ valid: true, trust: 'pinned', game: 'nim', players: 2 });
    const bundle = await run(['verify', `${house.url}/log/${world}/bundle.fair?cap=${cap}`, '--quiet']);
    expect({ code: bundle.code, stderr: bundle.stderr }).toEqual({ code: 0, stderr: '' });
  });
});

test('[C60] what lies in a folder that is no data folder is not written', async () => {
  await writeFile(join(folder, 'note.txt'), 'not a data folder');
  const { code, stderr } = await run(['export', party.joined.world, '-o', join(folder, 'x.fair')], {
    DATA_DIR: folder,
  });
  expect(code).toBe(2);
  expect(stderr).toContain('DATA_DIR');
});
