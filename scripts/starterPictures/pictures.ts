/** All pictures of starter questions, by the name of their file. */
import { readFile } from 'node:fs/promises';
import { decode } from '../../packages/cli/src/pictures/codecs.ts';
import type { Pixels } from '../../packages/cli/src/pictures/scaleDown.ts';
import { czechia, iceland, priority, seychelles } from './flags.ts';
import { carbon, cassiopeia, chord, moon } from './science.ts';
import { ankh, braille, die, note, peace, piano } from './signs.ts';
import { farfalle, front, ginkgo, glasses, knight, tennis } from './things.ts';

export const PICTURES: ReadonlyMap<string, () => Pixels> = new Map(
  Object.entries({
    ...{ czechia, iceland, priority, seychelles },
    ...{ carbon, cassiopeia, chord, moon },
    ...{ ankh, braille, die, note, peace, piano },
    ...{ farfalle, front, ginkgo, glasses, knight, tennis },
  }),
);

export const FOLDER = new URL('../../authority/src/starter/pictures/', import.meta.url);

export function fileOf(name: string): URL {
  return new URL(`${name}.webp`, FOLDER);
}

/** The file is there and holds these pixels. */
export async function isAsDrawn(name: string): Promise<boolean> {
  const [draw, kept] = [PICTURES.get(name), await readFile(fileOf(name)).catch(() => undefined)];
  if (!draw || !kept) return false;
  const [drawn, stored] = [draw(), await decode('image/webp', kept)];
  return drawn.width === stored.width && Buffer.from(drawn.data).equals(Buffer.from(stored.data));
}
