/** Pictures that tests draw: PNG by hand, JPEG with what a camera adds. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { crc32, deflateSync } from 'node:zlib';
import encodeJpeg, { init as startJpeg } from '@jsquash/jpeg/encode.js';
import type { Pixels } from './scaleDown.ts';

type Colour = readonly [number, number, number, number];

export function draw(width: number, height: number, colour: (x: number, y: number) => Colour): Pixels {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.set(colour(x, y), 4 * (y * width + x));
  return { data, width, height };
}

/** Three upright stripes. */
export const flag = (width: number, height: number) =>
  draw(width, height, (x) => {
    if (3 * x < width) return [0, 146, 70, 255];
    return 3 * x < 2 * width ? [255, 255, 255, 255] : [206, 43, 55, 255];
  });

/** What no codec can make small; the same each time. */
export function noise(width: number, height: number): Pixels {
  let seed = 7;
  const next = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) >> 16;
  return draw(width, height, () => [next() & 255, next() & 255, next() & 255, 255]);
}

/** `more`: chunks between header and pixels; `size`: what the header says, if it lies. */
export function png(
  { data, width, height }: Pixels,
  more: readonly Buffer[] = [],
  size = { width, height },
): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size.width, 0);
  head.writeUInt32BE(size.height, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const rows = Array.from({ length: height }, (_, y) =>
    Buffer.of(0, ...data.subarray(4 * y * width, 4 * (y + 1) * width)),
  );
  return new Uint8Array(
    Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      chunk('IHDR', head),
      ...more,
      chunk('IDAT', deflateSync(Buffer.concat(rows))),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

export function chunk(name: string, body: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** With an EXIF segment (little-endian TIFF) that says how the camera was held, and whatever else stands behind it. */
export async function jpeg(pixels: Pixels, { orientation = 1, also = '' } = {}): Promise<Uint8Array> {
  const wasm = createRequire(import.meta.url).resolve('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm');
  await startJpeg({ wasmBinary: new Uint8Array(await readFile(wasm)).buffer });
  const plain = Buffer.from(await encodeJpeg(pixels as ImageData, { quality: 90 }));
  const tiff = Buffer.alloc(26);
  tiff.write('II*\0\x08\0\0\0\x01\0', 'latin1');
  // Tag 0x0112, a SHORT, one of it.
  tiff.set([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0], 10);
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from(also, 'latin1')]);
  const segment = Buffer.from([0xff, 0xe1, 0, 0]);
  segment.writeUInt16BE(exif.length + 2, 2);
  return new Uint8Array(Buffer.concat([plain.subarray(0, 2), segment, exif, plain.subarray(2)]));
}
