import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flag, png } from '../pictures/draw.fixture.ts';
import { openTogether, type Together } from '../server/openTogether.ts';
import { run, runJson } from '../testing/run.ts';

let folder: string;
let env: { readonly DATA_DIR: string };
let together: Together;
let played: { readonly world: string };
let file: string;

/** One question, with a picture, that two simulated players answer. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairground-pictured-'));
  env = { DATA_DIR: join(folder, 'data') };
  file = join(folder, 'simulated.fair');
  await mkdir(join(folder, 'pack'));
  await writeFile(join(folder, 'pack', 'it.png'), png(flag(90, 60)));
  const row = 'text,right,wrong1,image,alt\nWhose flag is this?,Italy,Ireland,it.png,Three stripes\n';
  await writeFile(join(folder, 'pack', 'flags.csv'), row);
  expect((await run(['import', join(folder, 'pack'), '--topic', 'flags'], env)).code).toBe(0);
  together = await openTogether({
    ...env,
    ...{ PORT: '0', HOST: '127.0.0.1', LOCK_DIR: join(folder, 'locks'), RELAY_ADDRESS_FACTOR: '1000' },
    ...{ RELAY_LOG_LEVEL: 'error', AUTHORITY_LOG_LEVEL: 'error' },
  });
  const url = ['--url', `http://127.0.0.1:${together.server.port}`];
  const wish = ['--players', '2', '--questions', '1', '--topics', 'flags'];
  const { json, stderr } = await runJson(['simulate', 'trivia', ...wish, ...url, '-o', file, '--json']);
  expect(stderr).toBe('');
  played = json as typeof played;
});
afterAll(async () => {
  await together?.close();
  await rm(folder, { recursive: true, force: true });
});

async function filesIn(place: string): Promise<{ code: number | null; said: string | undefined }> {
  const { code, json } = await runJson(['verify', place, '--level', 'full', '--json']);
  const { checks } = json as { checks: readonly { name: string; detail: string }[] };
  return { code, said: checks.find(({ name }) => name === 'files')?.detail };
}

test('[C97] what is simulated or exported holds the pictures that its entries name, and says so', async () => {
  const whole = { code: 0, said: expect.stringMatching(/1 files have the hashes that entries name$/) };
  expect(await filesIn(file)).toEqual(whole);
  const exported = join(folder, 'exported.fair');
  const { stdout } = await run(['export', played.world, '-o', exported], env);
  expect(stdout).not.toContain('pictures:');
  expect(await filesIn(exported)).toEqual(whole);
});

test('[C97] a picture of which a byte has changed is found; one that the bank has lost is missed, in words', async () => {
  const bytes = await readFile(file);
  bytes[bytes.indexOf('WEBP') + 20]! ^= 1;
  const changed = join(folder, 'changed.fair');
  await writeFile(changed, bytes);
  const { code, json } = await runJson(['verify', changed, '--json']);
  expect({ code, json }).toMatchObject({ code: 1, json: { failure: { code: 'blob_mismatch' } } });
  const { DatabaseSync } = await import('node:sqlite');
  const db = new DatabaseSync(join(env.DATA_DIR, 'authority', 'bank.sqlite'));
  db.exec('DELETE FROM picture');
  db.close();
  const poorer = join(folder, 'poorer.fair');
  const { code: written, stdout } = await run(['export', played.world, '-o', poorer], env);
  expect(written).toBe(0);
  expect(stdout).toMatch(/pictures: 1 that entries name is not here/);
  expect(await filesIn(poorer)).toEqual({
    code: 0,
    said: expect.stringMatching(/1 that entries name is not here$/),
  });
});
