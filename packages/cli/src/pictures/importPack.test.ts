import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unwrap, zipSource } from '@fairground/ledger';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { run, runJson } from '../testing/run.ts';
import { draw, jpeg } from './draw.fixture.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'fairground-pack-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What no encoder can say without loss. */
const photo = draw(90, 60, (x, y) => [(x * 37) % 256, (y * 91) % 256, (x * y) % 256, 255]);
const row = 'text,right,wrong1,image,alt\nWhere was this taken?,Lucerne,Berne,bridge.jpg,A bridge\n';

it('[C120] a ZIP of questions and pictures comes in, goes out, and comes in elsewhere as the same questions', async () => {
  const [here, there] = ['here', 'there'].map((name) => ({ DATA_DIR: join(folder, name) }));
  const [first, second] = ['first.zip', 'second.zip'].map((name) => join(folder, name));
  await mkdir(join(folder, 'pack'));
  await writeFile(join(folder, 'pack', 'bridge.jpg'), await jpeg(photo));
  await writeFile(join(folder, 'pack', 'trips.csv'), row);
  expect((await runJson(['import', join(folder, 'pack'), '--json'], here)).json).toMatchObject({
    imported: 1,
  });
  const exported = await run(['questions', 'export', '--topic', 'trips', '-o', first!], here);
  expect(exported).toMatchObject({ code: 0, stderr: '' });
  const pack = unwrap(zipSource(new Uint8Array(await readFile(first!))));
  expect(pack.names).toHaveLength(2);
  const came = await runJson(['import', first!, '--json'], there);
  expect(came.json).toMatchObject({ imported: 1, refused: [] });
  await run(['questions', 'export', '--topic', 'trips', '-o', second!], there);
  expect(await readFile(second!)).toEqual(await readFile(first!));
  expect((await runJson(['import', first!, '--json'], here)).json).toMatchObject({ imported: 0, merged: 1 });
});

it('[C120] a ZIP that cannot be opened is refused by its name; text alone says that pictures stay behind', async () => {
  const env = { DATA_DIR: join(folder, 'data') };
  const file = join(folder, 'bad.zip');
  await writeFile(file, Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(99)]));
  expect(await runJson(['import', file, '--json'], env)).toMatchObject({
    code: 1,
    json: { refused: [{ file, line: 1, code: 'pack_unreadable' }] },
  });
  const { code, stderr } = await run(['questions', 'export', '--topic', 'food'], env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('-o questions.zip') });
  expect((await run(['questions', 'export', '--format', 'csv', '-o', file], env)).code).toBe(2);
});
