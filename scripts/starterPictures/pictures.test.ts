import { readdir, stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { fileOf, FOLDER, isAsDrawn, PICTURES } from './pictures.ts';

test('[Q43] each picture of a starter question is what the script draws, pixel by pixel, and there are no others', async () => {
  const files = (await readdir(FOLDER)).toSorted();
  expect(files).toEqual([...PICTURES.keys()].map((name) => `${name}.webp`).toSorted());
  const other: string[] = [];
  for (const name of PICTURES.keys()) if (!(await isAsDrawn(name))) other.push(name);
  expect(other).toEqual([]);
});

test('[Q43] together they are smaller than a photo', async () => {
  const sizes = await Promise.all([...PICTURES.keys()].map(async (name) => (await stat(fileOf(name))).size));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(100_000);
});
