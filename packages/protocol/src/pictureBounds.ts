/** What may become a picture of a question, and what one is when it is stored. */
import { type Bytes, bytesToHex, sha256 } from '@fairground/ledger';
import { type PictureSize, pictureSize } from './pictureSize.ts';
import { hasPixelsAlone } from './webp.ts';

export const pictureBounds = {
  /** Of a file that is handed in. */
  fileBytes: 16 * 2 ** 20,
  fileSide: 12_000,
  /** Of a camera of our time; unpacked they are 160 MB. */
  filePixels: 40_000_000,
  /** Of what is stored: a side larger than on any phone, and as much as a phone's network brings in a moment. */
  side: 1280,
  bytes: 300_000,
} as const;

export type PictureFault = 'picture_unreadable' | 'picture_too_large';

/** By its header alone, before anything is unpacked. */
export function judgePicture(bytes: Bytes): PictureSize | PictureFault {
  const { fileBytes, fileSide, filePixels } = pictureBounds;
  if (bytes.length > fileBytes) return 'picture_too_large';
  const size = pictureSize(bytes);
  if (!size) return 'picture_unreadable';
  const isTooLarge = Math.max(size.width, size.height) > fileSide || size.width * size.height > filePixels;
  return isTooLarge ? 'picture_too_large' : size;
}

/**
 * A picture that a bank has stored, under the name that an export gave it: a WebP in bounds with nothing but pixels in it, called by its
 * own hash. It is taken as it is, or its question would become another one.
 */
export function isStoredPicture(name: string, bytes: Bytes): boolean {
  if (bytes.length > pictureBounds.bytes || !hasPixelsAlone(bytes)) return false;
  const size = pictureSize(bytes);
  const isInBounds = size !== undefined && Math.max(size.width, size.height) <= pictureBounds.side;
  return isInBounds && name.split('/').at(-1) === `${bytesToHex(sha256(bytes))}.webp`;
}
