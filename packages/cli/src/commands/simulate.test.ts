import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawStream } from '@fairground/ledger';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { launch, run, runJson } from '../testing/run.ts';

let folder: string;
const flips = 12;

beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'fairground-simulate-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Simulated {
  readonly world: string;
  readonly size: number;
  readonly players: readonly { readonly key: string; readonly name: string; readonly points: number }[];
  readonly file: string;
}

describe('a simulated evening', () => {
  let file: string;
  let simulated: Simulated;

  beforeAll(async () => {
    file = join(folder, 'evening.fair');
    const { code, json, stderr } = await runJson([
      'simulate',
      'trivia',
      '--players',
      '5',
      '--questions',
      '4',
      '--seed',
      '7',
      '-o',
      file,
      '--json',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    simulated = json as Simulated;
  });

  test('[C50] is printed as the contract says, and its file is valid and holds what was printed', async () => {
    expect(Object.keys(simulated)).toEqual(['world', 'size', 'players', 'file']);
    expect(simulated.file).toBe(file);
    expect(simulated.players).toHaveLength(5);
    const { code, json } = await runJson([
      'verify',
      file,
      '--level',
      'full',
      '--anchor',
      simulated.world,
      '--json',
    ]);
    expect(code).toBe(0);
    expect(json).toMatchObject({
      valid: true,
      trust: 'pinned',
      size: simulated.size,
      players: 5,
      game: 'trivia',
    });
    const end = await runJson(['replay', file, '--at', String(simulated.size - 1)]);
    const standings = (end.json as { state: { standings: { name: string; points: number }[] } }).state
      .standings;
    const points = (rows: readonly { name: string; points: number }[]) =>
      Object.fromEntries(rows.map((row) => [row.name, row.points]));
    expect(points(standings)).toEqual(points(simulated.players));
    expect(Math.max(...simulated.players.map((player) => player.points))).toBeGreaterThan(0);
  });

  test('[C51] with any byte changed is not valid, and the report names a code', async () => {
    const bytes = await readFile(file);
    const chance = drawStream(new Uint8Array(32).fill(7), 'flips');
    for (let i = 0; i < flips; i++) {
      const at = chance.below(bytes.length);
      const bit = 1 << chance.below(8);
      const changed = join(folder, 'changed.fair');
      await writeFile(
        changed,
        bytes.map((byte, place) => (place === at ? byte ^ bit : byte)),
      );
      const { code, json } = await runJson(['verify', changed, '--level', 'full', '--json']);
      expect({ at, bit, code }).toEqual({ at, bit, code: 1 });
      expect(json).toMatchObject({
        valid: false,
        failure: { code: expect.stringMatching(/^[a-z_]+$/) as string },
      });
    }
  });
});

test('[C52] nim with its two players, and no more', async () => {
  const file = join(folder, 'nim.fair');
  const { code, json } = await runJson(['simulate', 'nim', '--seed', '3', '-o', file, '--json']);
  expect(code).toBe(0);
  expect((json as Simulated).players.map((player) => player.points)).toEqual([1, 0]);
  expect((await run(['verify', file, '--quiet'])).code).toBe(0);
  const three = await run(['simulate', 'nim', '--players', '3', '-o', file]);
  expect([three.code, three.stderr]).toEqual([
    2,
    'fairground: Nim has two seats: leave --players out, or say --players 2.\n',
  ]);
});

describe('with a server of its own', () => {
  test('[C44] [C60] [C61] it is killed in the middle, started again, plays to the end; the world is exported and the folder is sound', async () => {
    const env = {
      DATA_DIR: join(folder, 'data'),
      LOCK_DIR: join(folder, 'locks'),
      HOST: '127.0.0.1',
      PORT: '0',
      RELAY_ADDRESS_FACTOR: '100',
    };
    const first = launch(['start'], env);
    await first.says('http://127.0.0.1:');
    const url = /http:\/\/127\.0\.0\.1:(\d+)/.exec(first.stdout()) ?? [];
    const file = join(folder, 'killed.fair');
    const party = launch([
      'simulate',
      'trivia',
      '--players',
      '4',
      '--questions',
      '8',
      '--url',
      url[0] ?? '',
      '-o',
      file,
      '--json',
    ]);
    await untilIntents(url[0] ?? '', 25);
    await first.end('SIGKILL');
    const second = launch(['start'], { ...env, PORT: url[1] ?? '' });
    expect({ code: await party.ended, stderr: party.stderr() }).toEqual({ code: 0, stderr: '' });
    const { world, size } = JSON.parse(party.stdout()) as Simulated;
    expect((await run(['verify', file, '--anchor', world, '--quiet'])).code).toBe(0);

    const fromFolder = join(folder, 'exported.fair');
    const exported = await runJson(['export', world, '-o', fromFolder, '--json'], env);
    expect(exported.json).toEqual({ world, size, file: fromFolder });
    expect(await readFile(fromFolder)).toEqual(await readFile(file));

    expect((await second.end('SIGTERM')).code).toBe(0);
    const sound = await run(['fsck'], env);
    expect({ code: sound.code, stderr: sound.stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('[C53] a server that is not there, a topic that it has not, and impatience are said in a sentence', async () => {
    const file = join(folder, 'none.fair');
    const unknown = await run(['simulate', 'trivia', '--topics', 'quantum-gardening', '-o', file]);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toMatch(/no questions on "quantum-gardening".*\n$/);
    const many = await run(['simulate', 'trivia', '--topics', 'food', '--questions', '50', '-o', file]);
    expect(many.code).toBe(2);
    expect(many.stderr).toMatch(/only 4\d questions/);
    const impatient = await run([
      'simulate',
      'trivia',
      '--players',
      '2',
      '--questions',
      '40',
      '--patience',
      '1',
      '-o',
      file,
    ]);
    expect(impatient.code).toBe(1);
    expect(impatient.stderr).toMatch(/never saw the end.*phase/);
  });
});

/** Until the relay has taken so many intents: a party of four is then in the middle of its questions. */
async function untilIntents(url: string, count: number): Promise<void> {
  const taken = async () => {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    return Number(/^relay_mail_total\{what="intent",status="200"\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
  };
  await expect.poll(taken, { timeout: 60_000 }).toBeGreaterThan(count);
}
