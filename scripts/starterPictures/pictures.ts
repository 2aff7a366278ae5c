/** All pictures of starter questions, by the name of their file. */
import { readFile } from 'node:fs/promises';
import { decode } from '../../packages/cli/src/pictures/codecs.ts';
import type { Pixels } from '../../packages/cli/src/pictures/scaleDown.ts';
import * as flags from './flags.ts';
import * as science from './science.ts';
import * as signs from './signs.ts';
import * as things from './things.ts';

export const PICTURES: ReadonlyMap<string, () => Pixels> = new Map(
  Object.entries({ ...flags, ...science, ...signs, ...things }),
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
