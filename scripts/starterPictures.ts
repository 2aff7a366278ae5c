/** Draws the pictures of the starter questions anew: `node scripts/starterPictures.ts`. A picture that changes makes another question. */
import { writeFile } from 'node:fs/promises';
import { encode } from '../packages/cli/src/pictures/codecs.ts';
import { fileOf, isAsDrawn, PICTURES } from './starterPictures/pictures.ts';

for (const [name, draw] of PICTURES) {
  // A file that shows the same stays, whatever the encoder of today would make of it.
  if (await isAsDrawn(name)) continue;
  const bytes = await encode(draw(), { quality: 100, lossless: true });
  await writeFile(fileOf(name), bytes);
  console.log(`${name}: ${bytes.length} bytes`);
}
