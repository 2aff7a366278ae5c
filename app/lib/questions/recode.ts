/** A picture as it will be stored: drawn anew, so that its pixels are all that is left of the file. Runs in a worker. */
import { err, ok, type Result } from '@fairground/ledger';
import {
  isStoredPicture,
  judgePicture,
  pictureBounds,
  type PictureFault,
  pixelsAlone,
} from '@fairground/protocol';
import type { PackPicture } from '@fairground/questions';

/** A drawing stays as sharp as it was, if that is cheap. */
const mostLossless = 100_000;
const qualities = [0.82, 0.7, 0.55, 0.4] as const;

/** `picture_undrawn`: this browser cannot, whatever the picture. */
export async function recode(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Result<PackPicture, PictureFault | 'picture_undrawn'>> {
  const judged = judgePicture(bytes);
  if (typeof judged === 'string') return err(judged);
  if (!canDraw()) return err('picture_undrawn');
  const { type, width, height } = judged;
  const bitmap = await createImageBitmap(new Blob([bytes], { type })).catch(() => undefined);
  if (!bitmap) return err('picture_unreadable');
  try {
    if (isStoredPicture(name, bytes)) return ok({ type: 'webp', bytes });
    const largest = Math.max(width, height);
    return ok(await encode(bitmap, Math.min(1, pictureBounds.side / largest), type === 'image/png'));
  } finally {
    bitmap.close();
  }
}

/** Some browsers have the canvas and no pen for it off the page's thread. */
function canDraw(): boolean {
  const has = (name: string) => typeof Reflect.get(globalThis, name) === 'function';
  if (!has('createImageBitmap') || !has('OffscreenCanvas')) return false;
  return new OffscreenCanvas(1, 1).getContext('2d') !== null;
}

/** Comes to an end: each round has half the pixels. */
async function encode(bitmap: ImageBitmap, scale: number, isDrawing: boolean): Promise<PackPicture> {
  // As it was held: the header does not know.
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('recode: no canvas to draw on');
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(bitmap, 0, 0, width, height);
  // The best that there is means without loss.
  const sharp = isDrawing && (await blobOf(canvas, 1));
  if (sharp && sharp.bytes.length <= mostLossless) return sharp;
  for (const quality of qualities) {
    const made = await blobOf(canvas, quality);
    if (made.bytes.length <= pictureBounds.bytes) return made;
  }
  return encode(bitmap, scale * 0.7, false);
}

/** A browser that writes no WebP writes PNG instead, without being asked; with loss, JPEG is smaller. */
async function blobOf(canvas: OffscreenCanvas, quality: number): Promise<PackPicture> {
  const webp = await canvas.convertToBlob({ type: 'image/webp', quality });
  const pixels = webp.type === 'image/webp' && pixelsAlone(await bytesOf(webp));
  // Browsers add a colour profile that says what goes without saying.
  if (pixels) return { type: 'webp', bytes: pixels };
  if (quality === 1) return pngOf(canvas);
  return { type: 'jpg', bytes: await bytesOf(await canvas.convertToBlob({ type: 'image/jpeg', quality })) };
}

async function pngOf(canvas: OffscreenCanvas): Promise<PackPicture> {
  return { type: 'png', bytes: await bytesOf(await canvas.convertToBlob({ type: 'image/png' })) };
}

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}
