/** A picture as it is stored: its pixels alone, in bounds, as WebP. What else the file held (place, camera, thumbnails) is gone. */
import { isStoredPicture, judgePicture, pictureBounds, type PictureFault } from '@fairground/protocol';
import { decode, encode, type Quality } from './codecs.ts';
import { type Pixels, scaleDown } from './scaleDown.ts';

/** A drawing stays as sharp as it was, if that is cheap. */
const mostLossless = 100_000;
const qualities = [82, 70, 55, 40] as const;

/** Resolves to a code for what cannot be one. What an export has named by its hash stays, byte by byte, once it is decoded. */
export async function recode(bytes: Uint8Array, name = ''): Promise<Uint8Array | PictureFault> {
  const judged = judgePicture(bytes);
  if (typeof judged === 'string') return judged;
  const pixels = await decode(judged.type, bytes).catch(() => undefined);
  if (!pixels) return 'picture_unreadable';
  if (isStoredPicture(name, bytes)) return bytes;
  return toWebp(scaleDown(pixels, pictureBounds.side), judged.type === 'image/png');
}

/** Comes to an end: each round halves what there is to say. */
async function toWebp(pixels: Pixels, isDrawing: boolean): Promise<Uint8Array> {
  const lossless = isDrawing && (await encode(pixels, { quality: 75, lossless: true }));
  if (lossless && lossless.length <= mostLossless) return lossless;
  for (const quality of qualities) {
    const made = await encode(pixels, { quality, lossless: false } satisfies Quality);
    if (made.length <= pictureBounds.bytes) return made;
  }
  return toWebp(scaleDown(pixels, Math.floor(0.7 * Math.max(pixels.width, pixels.height))), false);
}
