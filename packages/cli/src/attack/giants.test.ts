import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { unwrap, zipSource } from '@fairground/ledger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileAtMost } from '../boundedFile.ts';
import { run, runJson } from '../testing/run.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairground-giants-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const gibibyte = 2 ** 30;

/** A file of this length that takes no room on the disk. */
async function giant(name: string, length: number, start = ''): Promise<string> {
  const file = join(folder, name);
  const handle = await open(file, 'w');
  await handle.write(start);
  await handle.truncate(length);
  await handle.close();
  return file;
}

/** 64 MiB of nothing. */
const packed = deflateRawSync(Buffer.alloc(2 ** 26), { level: 1 });

/** One deflated member that claims to be so long, and is 64 MiB. */
function bomb(claimed: number): Uint8Array {
  const common = [20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0];
  const sums = Buffer.alloc(16);
  for (const [i, value] of [0, packed.length, claimed, 10].entries()) sums.writeUInt32LE(value, 4 * i);
  const name = Buffer.from('checkpoint');
  const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4, ...common]), sums, name, packed]);
  const listed = Buffer.concat([
    Buffer.from([0x50, 0x4b, 1, 2, 20, 0, ...common]),
    sums,
    Buffer.alloc(14),
    name,
  ]);
  const end = Buffer.alloc(22);
  for (const [at, value] of [
    [0, 0x06054b50],
    [12, listed.length],
    [16, local.length],
  ] as const)
    end.writeUInt32LE(value, at);
  for (const at of [8, 10]) end.writeUInt16LE(1, at);
  return new Uint8Array(Buffer.concat([local, listed, end]));
}

describe('[X58] archives that unpack to more than they say', () => {
  it('a member is inflated no further than it claims, and then damaged', async () => {
    const file = bomb(1_000);
    expect(file.length).toBeLessThan(2 ** 19);
    const before = process.memoryUsage().arrayBuffers;
    await expect(unwrap(zipSource(file)).read('checkpoint')).rejects.toThrow('damaged');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 2 ** 20);
  });

  it('a member that claims more than any may have is refused before it is inflated', () => {
    expect(zipSource(bomb(65 * 2 ** 20))).toMatchObject({ ok: false, code: 'zip_too_large' });
  });

  it('verify answers both at once', async () => {
    for (const [name, bytes] of [
      ['a.fair', bomb(1_000)],
      ['b.fair', bomb(65 * 2 ** 20)],
    ] as const) {
      const file = join(folder, name);
      await writeFile(file, bytes);
      const { code, json } = await runJson(['verify', file, '--json']);
      expect([1, 2]).toContain(code);
      expect(json).toMatchObject({ valid: false });
    }
  });
});

describe('[X59] files that are larger than anything, or never end', () => {
  it('verify reads no file past what a log may have', async () => {
    for (const name of ['large.fair', 'large.zip']) {
      const file = await giant(name, 3 * gibibyte, 'PK');
      const { code, stderr } = await run(['verify', file]);
      expect([code, stderr]).toEqual([2, `fairground: ${file} is larger than anything that a log has.\n`]);
    }
  });

  it('a proof, and a list of known keys, have an end too', async () => {
    const proof = await giant('proof.json', gibibyte, '{');
    expect(await run(['verify', '--proof', proof])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('proof_too_large') as string,
    });
    const known = await giant('known.txt', gibibyte);
    expect(await run(['verify', proof, '--known', known])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('larger than') as string,
    });
  });

  it('import names a giant file, reads it not, and takes what is beside it', async () => {
    const folderOf = join(folder, 'questions');
    await mkdir(folderOf);
    await giant('questions/giant.json', 3 * gibibyte, '[');
    await writeFile(join(folderOf, 'small'), '#Q Is this small?\n^ Yes\nA Yes\nB No\n');
    const { code, json } = await runJson(['import', folderOf, '--json'], { DATA_DIR: join(folder, 'data') });
    expect(code).toBe(0);
    expect(json).toMatchObject({
      imported: 1,
      refused: [{ file: join(folderOf, 'giant.json'), code: 'file_too_large' }],
    });
  });

  it.skipIf(!existsSync('/dev/zero'))('a device is no file', async () => {
    await expect(readFileAtMost('/dev/zero', 100)).rejects.toThrow('no file');
    expect(await run(['import', '/dev/zero'], { DATA_DIR: join(folder, 'data') })).toMatchObject({ code: 2 });
    expect(await run(['verify', '--proof', '/dev/zero'])).toMatchObject({ code: 2 });
  });
});
