/** Pictures of questions for the gallery, by what becomes of them. */
import type { PictureSource } from '#lib/play/pictureSource.ts';

/** By the hash that the examples name. */
export const pictures = {
  here: 'a'.repeat(64),
  coming: 'b'.repeat(64),
  away: 'c'.repeat(64),
  absent: 'd'.repeat(64),
  wrong: 'e'.repeat(64),
} as const;

export const ALT = 'A flag of three upright stripes: green, white and red';

export const examplePictures: PictureSource = async (hash) => {
  switch (hash) {
    case pictures.here:
      return { ok: true, value: await drawn() };
    case pictures.coming:
      return new Promise(() => {});
    case pictures.absent:
      return { ok: false, code: 'log_not_found' };
    case pictures.wrong:
      return { ok: false, code: 'file_mismatch' };
    default:
      return { ok: false, code: 'unreachable' };
  }
};

let kept: Promise<Uint8Array> | undefined;

function drawn(): Promise<Uint8Array> {
  kept ??= draw();
  return kept;
}

async function draw(): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(600, 400);
  const pen = canvas.getContext('2d');
  for (const [i, colour] of ['#009246', '#ffffff', '#ce2b37'].entries()) {
    if (pen) pen.fillStyle = colour;
    pen?.fillRect(200 * i, 0, 200, 400);
  }
  return new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
}
