import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SHOTS, THEMES } from '../app/routes/gallery/shots.ts';
import { galleryIndex } from './galleryIndex.ts';

const screens = new URL('../docs/screens/', import.meta.url);

it('[U246] each has its pictures in every size and both themes, and none is left over', () => {
  const named = SHOTS.flatMap(({ name, sizes }) =>
    sizes.flatMap((size) => THEMES.map((theme) => `${name}-${size}-${theme}.webp`)),
  );
  expect(readdirSync(new URL('gallery/', screens)).toSorted()).toEqual(named.toSorted());
});

it('[U246] the page that lists them is the one written from them', () => {
  expect(readFileSync(new URL('README.md', screens), 'utf8')).toBe(galleryIndex());
});
