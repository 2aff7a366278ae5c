import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBankFile } from '@fairground/authority';
import { hexToBytes } from '@fairground/ledger';
import { pictureType } from '@fairground/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runJson } from '../testing/run.ts';
import { flag, jpeg, png } from './draw.fixture.ts';
import { findPicture } from './findPicture.ts';

let folder: string;
let pack: string;
let env: { readonly DATA_DIR: string };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairground-pictures-'));
  pack = join(folder, 'pack');
  env = { DATA_DIR: join(folder, 'data') };
  await mkdir(join(pack, 'flags'), { recursive: true });
  await writeFile(join(folder, 'secret.png'), png(flag(9, 6)));
  await writeFile(join(pack, 'flags', 'it.png'), png(flag(90, 60)));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const asked = (n: number, image: string) =>
  `Whose flag is number ${n}?,Italy,Ireland,${image},Three stripes\n`;
const head = 'text,right,wrong1,image,alt\n';

function bankOf({ DATA_DIR }: { readonly DATA_DIR: string }) {
  const { bank, close } = openBankFile(DATA_DIR);
  const pictured = [...bank.questions({ topic: 'flags' })].filter(({ image }) => image);
  const pictures = pictured.map(({ image }) => bank.picture(hexToBytes(image?.hash ?? '')!));
  close();
  return { pictured, pictures };
}

describe('[C90] import of pictures', () => {
  it('takes them from beside the pack, re-encoded, once each; a folder’s pictures are no packs', async () => {
    await writeFile(join(pack, 'ie.jpg'), await jpeg(flag(96, 48), { also: 'GPS 47.05 N' }));
    const rows = [asked(1, 'flags/it.png'), asked(2, 'flags/it.png'), asked(3, 'ie.jpg')];
    await writeFile(join(pack, 'flags.csv'), head + rows.join(''));
    const { code, json } = await runJson(['import', pack, '--json'], env);
    expect({ code, json }).toMatchObject({ code: 0, json: { imported: 3, refused: [] } });
    const { pictured, pictures } = bankOf(env);
    expect(new Set(pictured.map(({ image }) => image?.hash)).size).toBe(2);
    expect(pictures.map((bytes) => bytes && pictureType(bytes))).toEqual(Array(3).fill('image/webp'));
    expect(pictures.some((bytes) => Buffer.from(bytes!).includes('GPS'))).toBe(false);
    expect((await runJson(['import', pack, '--json'], env)).json).toMatchObject({ imported: 0, merged: 3 });
  });

  it('names each one that it does not take, with file, line, code and sentence, and takes the others', async () => {
    await writeFile(join(pack, 'page.png'), '<!doctype html><script>alert(1)</script>');
    await writeFile(join(pack, 'bomb.png'), png(flag(3, 2), [], { width: 50_000, height: 50_000 }));
    await symlink(join(folder, 'secret.png'), join(pack, 'link.png'));
    const file = join(pack, 'flags.csv');
    const names = [
      'flags/it.png',
      'nowhere.png',
      '../secret.png',
      'link.png',
      'page.png',
      'bomb.png',
      'flags',
    ];
    const unseen = asked(8, 'ab'.repeat(32));
    await writeFile(file, head + names.map((name, n) => asked(n, name)).join('') + unseen);
    const { json } = await runJson(['import', file, '--json'], env);
    const { imported, refused } = json as {
      imported: number;
      refused: { line: number; code: string; reason: string }[];
    };
    expect(imported).toBe(1);
    expect(refused.toSorted((a, b) => a.line - b.line)).toEqual(
      [
        [3, 'picture_missing', /not there.*nowhere\.png/],
        [4, 'picture_elsewhere', /\.\.\/secret\.png/],
        [5, 'picture_elsewhere', /link\.png/],
        [6, 'picture_unreadable', /JPEG, PNG or WebP.*page\.png/],
        [7, 'picture_too_large', /40 million.*bomb\.png/],
        [8, 'picture_unreadable', /flags/],
        [9, 'picture_missing', /not there/],
      ].map(([line, code, reason]) => ({
        file,
        line,
        code,
        reason: expect.stringMatching(reason as RegExp) as string,
      })),
    );
    expect(bankOf(env).pictured).toHaveLength(1);
  });
});

describe('[X65] where a picture may lie', () => {
  it.each([
    '../secret.png',
    'flags/../../secret.png',
    'flags/..',
    '..',
    '/etc/hostname',
    '\\\\server\\share\\a.png',
    '..\\secret.png',
    'C:\\a.png',
    'C:a.png',
    'file:///etc/hostname',
    'https://example.org/a.png',
    'a\0.png',
    'a\n.png',
    '.',
    'x'.repeat(501),
  ])('not at %j', async (name) => {
    expect(await findPicture(join(pack, 'pack.csv'), name)).toMatchObject({ code: 'picture_elsewhere' });
  });

  it('not behind a link that leads out, though behind one that stays', async () => {
    await symlink(folder, join(pack, 'out'));
    await symlink(join(pack, 'flags'), join(pack, 'in'));
    const find = (name: string) => findPicture(join(pack, 'pack.csv'), name);
    expect(await find('out/secret.png')).toMatchObject({ code: 'picture_elsewhere' });
    expect(await find('out/nothing.png')).toMatchObject({ code: 'picture_missing' });
    const found = await find('in/it.png');
    expect(found.ok && (await readFile(found.value))).toEqual(await readFile(join(pack, 'flags/it.png')));
  });
});
