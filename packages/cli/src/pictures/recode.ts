/** A picture as it is stored: its pixels alone, in bounds, as WebP. What else the file held (place, camera, thumbnails) is gone. */
import { decode, encode, type Quality } from './codecs.ts';
import { pictureSize } from './pictureSize.ts';
import { type Pixels, scaleDown } from './scaleDown.ts';

export const MAX_PICTURE_BYTES = 16 * 2 ** 20;
/** Of one side: more than any screen. */
const LARGEST_SIDE = 1280;
const mostBytes = 300_000;
const mostSide = 12_000;
/** Of a camera of our time; unpacked they are 160 MB. */
const mostPixels = 40_000_000;
/** A drawing stays as sharp as it was, if that is cheap. */
const mostLossless = 100_000;
const qualities = [82, 70, 55, 40] as const;

export type PictureFault = 'picture_unreadable' | 'picture_too_large';

/** Resolves to a code for what cannot be one. */
export async function recode(bytes: Uint8Array): Promise<Uint8Array | PictureFault> {
  if (bytes.length > MAX_PICTURE_BYTES) return 'picture_too_large';
  const size = pictureSize(bytes);
  if (!size) return 'picture_unreadable';
  const { type, width, height } = size;
  if (Math.max(width, height) > mostSide || width * height > mostPixels) return 'picture_too_large';
  const pixels = await decode(type, bytes).catch(() => undefined);
  if (!pixels) return 'picture_unreadable';
  return toWebp(scaleDown(pixels, LARGEST_SIDE), type === 'image/png');
}

/** Comes to an end: each round halves what there is to say. */
async function toWebp(pixels: Pixels, isDrawing: boolean): Promise<Uint8Array> {
  const lossless = isDrawing && (await encode(pixels, { quality: 75, lossless: true }));
  if (lossless && lossless.length <= mostLossless) return lossless;
  for (const quality of qualities) {
    const made = await encode(pixels, { quality, lossless: false } satisfies Quality);
    if (made.length <= mostBytes) return made;
  }
  return toWebp(scaleDown(pixels, Math.floor(0.7 * Math.max(pixels.width, pixels.height))), false);
}
