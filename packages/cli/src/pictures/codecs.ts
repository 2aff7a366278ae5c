/** Pictures to pixels and back: WebAssembly modules that see their own memory alone, compiled when they are first needed. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import decodeJpeg, { init as startJpeg } from '@jsquash/jpeg/decode.js';
import decodePng, { init as startPng } from '@jsquash/png/decode.js';
import decodeWebp, { init as startWebp } from '@jsquash/webp/decode.js';
import encodeWebp, { init as startEncoder } from '@jsquash/webp/encode.js';
import type { PictureType } from '@fairground/protocol';
import type { Pixels } from './scaleDown.ts';

export interface Quality {
  /** 0 to 100. */
  readonly quality: number;
  readonly lossless: boolean;
}

/** Turned as the camera was held. Rejects for what is damaged. */
export async function decode(type: PictureType, bytes: Uint8Array): Promise<Pixels> {
  await start(type);
  const own = new Uint8Array(bytes).buffer;
  switch (type) {
    case 'image/jpeg':
      return decodeJpeg(own, { preserveOrientation: true });
    case 'image/png':
      return decodePng(own);
    case 'image/webp':
      return decodeWebp(own);
  }
}

/** A WebP: the one form that every browser shows, with transparency, and holds nothing but pixels. */
export async function encode(pixels: Pixels, { quality, lossless }: Quality): Promise<Uint8Array> {
  await start('encoder');
  const { data, width, height } = pixels;
  const image = { data: new Uint8ClampedArray(data), width, height, colorSpace: 'srgb' } as ImageData;
  return new Uint8Array(await encodeWebp(image, { quality, lossless: lossless ? 1 : 0 }));
}

type Codec = PictureType | 'encoder';

const files: Readonly<Record<Codec, string>> = {
  'image/jpeg': '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
  'image/png': '@jsquash/png/codec/pkg/squoosh_png_bg.wasm',
  'image/webp': '@jsquash/webp/codec/dec/webp_dec.wasm',
  encoder: '@jsquash/webp/codec/enc/webp_enc_simd.wasm',
};
const packages = createRequire(import.meta.url);
const started = new Map<Codec, Promise<unknown>>();

function start(codec: Codec): Promise<unknown> {
  const running = started.get(codec) ?? startNow(codec);
  started.set(codec, running);
  return running;
}

async function startNow(codec: Codec): Promise<unknown> {
  const wasmBinary = new Uint8Array(await readFile(packages.resolve(files[codec]))).buffer;
  switch (codec) {
    case 'image/jpeg':
      return startJpeg({ wasmBinary });
    case 'image/png':
      return startPng(wasmBinary);
    case 'image/webp':
      return startWebp({ wasmBinary });
    case 'encoder':
      return startEncoder({ wasmBinary });
  }
}
