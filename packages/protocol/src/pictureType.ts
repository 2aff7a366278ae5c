/** What a picture of a question may be, told by its first bytes and never by its name. */
import type { Bytes } from '@fairground/ledger';

export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp';

/** PNG §5.2; JPEG's start of image and the marker after it (ITU T.81 §B.1.1); WebP's RIFF header (RFC 9649 §2.4). */
export function pictureType(bytes: Bytes): PictureType | undefined {
  if (startsWith(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (startsWith(bytes, 0, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  const isRiff = startsWith(bytes, 0, [0x52, 0x49, 0x46, 0x46]);
  return isRiff && startsWith(bytes, 8, [0x57, 0x45, 0x42, 0x50]) ? 'image/webp' : undefined;
}

function startsWith(bytes: Bytes, at: number, wanted: readonly number[]): boolean {
  return wanted.every((byte, i) => bytes[at + i] === byte);
}
