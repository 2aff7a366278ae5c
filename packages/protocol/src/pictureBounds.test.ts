import { bytesToHex, concatBytes, sha256, utf8ToBytes } from '@fairground/ledger';
import { describe, expect, it } from 'vitest';
import { isStoredPicture, judgePicture, pictureBounds } from './pictureBounds.ts';
import { hasPixelsAlone, pixelsAlone } from './webp.ts';

const u32 = (n: number) => new Uint8Array([n & 255, (n >> 8) & 255, (n >> 16) & 255, n >>> 24]);
const chunk = (name: string, body: Uint8Array) =>
  concatBytes(utf8ToBytes(name), u32(body.length), body, new Uint8Array(body.length % 2));
const riff = (...chunks: readonly Uint8Array[]) => {
  const body = concatBytes(utf8ToBytes('WEBP'), ...chunks);
  return concatBytes(utf8ToBytes('RIFF'), u32(body.length), body);
};
/** A lossless header of that size, and some bits. */
const vp8l = (width: number, height: number) =>
  chunk(
    'VP8L',
    concatBytes(new Uint8Array([0x2f]), u32(width - 1 + (height - 1) * 2 ** 14), new Uint8Array(12)),
  );
const vp8x = (flags: number) => chunk('VP8X', new Uint8Array([flags, 0, 0, 0, 9, 0, 0, 9, 0, 0]));
const lossy = chunk('VP8 ', new Uint8Array(20));
const alpha = chunk('ALPH', new Uint8Array(5));

describe('[W21] a file of pixels alone', () => {
  it.each([
    ['lossless', riff(vp8l(9, 9))],
    ['lossy', riff(lossy)],
    ['transparent', riff(vp8x(0x10), alpha, lossy)],
  ])('is %s', (_, bytes) => expect(hasPixelsAlone(bytes)).toBe(true));

  it.each([
    ['that says where it was taken', riff(vp8x(0x18), alpha, lossy, chunk('EXIF', utf8ToBytes('47.05 N')))],
    ['that says it in a chunk that nothing announces', riff(vp8x(0x10), alpha, lossy, chunk('XMP ', u32(1)))],
    ['with a profile', riff(vp8x(0x30), chunk('ICCP', u32(1)), alpha, lossy)],
    ['that moves', riff(vp8x(0x02), chunk('ANIM', u32(1)), chunk('ANMF', u32(1)))],
    ['whose header announces more than there is', riff(vp8x(0x18), alpha, lossy)],
    ['with bytes behind its end', concatBytes(riff(lossy), u32(7))],
    ['with a second picture', riff(lossy, lossy)],
    ['that is cut off', riff(lossy).subarray(0, 30)],
    ['whose chunk is longer than the file', riff(concatBytes(utf8ToBytes('VP8 '), u32(9999), u32(0)))],
    ['of another kind', concatBytes(u32(0x474e5089), riff(lossy))],
    ['that is empty', new Uint8Array(0)],
  ])('is none %s', (_, bytes) => expect(hasPixelsAlone(bytes)).toBe(false));

  it('is what is left of one that holds more', () => {
    const [profile, place] = [chunk('ICCP', u32(1)), chunk('EXIF', utf8ToBytes('47.05 N'))];
    expect(pixelsAlone(riff(vp8x(0x20), profile, lossy))).toEqual(riff(lossy));
    expect(pixelsAlone(riff(vp8x(0x38), profile, vp8l(9, 9), place))).toEqual(riff(vp8l(9, 9)));
    expect(pixelsAlone(riff(vp8x(0x38), profile, alpha, lossy, place))).toEqual(
      riff(vp8x(0x10), alpha, lossy),
    );
    for (const none of [riff(vp8x(2), chunk('ANMF', u32(1))), riff(lossy, lossy), riff(alpha, lossy), u32(0)])
      expect(pixelsAlone(none)).toBeUndefined();
  });
});

describe('[W21] what a bank has stored', () => {
  const bytes = riff(vp8l(1280, 40));
  const name = (of: Uint8Array) => `pictures/${bytesToHex(sha256(of))}.webp`;

  it('is known by the name that is its hash', () => {
    expect(isStoredPicture(name(bytes), bytes)).toBe(true);
    expect(isStoredPicture('pictures/flag.webp', bytes)).toBe(false);
    expect(isStoredPicture(name(riff(lossy)), bytes)).toBe(false);
  });

  it('is in bounds', () => {
    const wide = riff(vp8l(1281, 40));
    const heavy = riff(chunk('VP8L', concatBytes(vp8l(9, 9).subarray(8), new Uint8Array(300_000))));
    for (const one of [wide, heavy]) expect(isStoredPicture(name(one), one)).toBe(false);
  });
});

it('[W21] a file is judged by its header before it is unpacked', () => {
  expect(judgePicture(riff(vp8l(16_000, 16_000)))).toBe('picture_too_large');
  expect(judgePicture(riff(vp8l(12_001, 2)))).toBe('picture_too_large');
  expect(judgePicture(new Uint8Array(pictureBounds.fileBytes + 1))).toBe('picture_too_large');
  expect(judgePicture(utf8ToBytes('GIF89a'))).toBe('picture_unreadable');
  expect(judgePicture(riff(vp8l(300, 200)))).toEqual({ type: 'image/webp', width: 300, height: 200 });
});
