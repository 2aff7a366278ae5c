import { limits, pictureSize, pictureType } from '@fairground/protocol';
import { afterAll, describe, expect, it } from 'vitest';
import { decode, encode } from './codecs.ts';
import { createRecoder } from './createRecoder.ts';
import { chunk, draw, flag, jpeg, noise, png } from './draw.fixture.ts';
import { recode } from './recode.ts';
import { scaleDown, type Pixels } from './scaleDown.ts';

async function recoded(bytes: Uint8Array) {
  const made = await recode(bytes);
  if (typeof made === 'string') throw new Error(made);
  expect(pictureType(made)).toBe('image/webp');
  return { made, pixels: await decode('image/webp', made) };
}
const colourAt = ({ data, width }: Pixels, x: number, y: number) => [
  ...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4),
];
const says = (bytes: Uint8Array, words: string) => Buffer.from(bytes).includes(words);

describe('[Q82] a picture is re-encoded', () => {
  it('from PNG, its pixels as they were, without what else the file says', async () => {
    const text = chunk('tEXt', Buffer.from('Comment\0taken at 47.05 N, 8.31 E'));
    const bytes = png(flag(90, 60), [text]);
    const { made, pixels } = await recoded(bytes);
    expect([says(bytes, '47.05 N'), says(made, '47.05 N')]).toEqual([true, false]);
    expect([pixels.width, pixels.height]).toEqual([90, 60]);
    expect([5, 45, 85].map((x) => colourAt(pixels, x, 30))).toEqual([
      [0, 146, 70, 255],
      [255, 255, 255, 255],
      [206, 43, 55, 255],
    ]);
  });

  it('from JPEG, upright however the camera was held, without its place', async () => {
    const bytes = await jpeg(flag(96, 48), { orientation: 6, also: 'GPS 47.05 N' });
    const { made, pixels } = await recoded(bytes);
    expect([says(bytes, 'GPS 47.05 N'), says(made, 'GPS')]).toEqual([true, false]);
    expect([pixels.width, pixels.height]).toEqual([48, 96]);
    const [red, , , opaque] = colourAt(pixels, 24, 90);
    expect([(red ?? 0) > 150, opaque]).toEqual([true, 255]);
  });

  it('from WebP, with what shines through', async () => {
    const glass = draw(40, 40, (x) => [200, 0, 0, x < 20 ? 255 : 0]);
    const { pixels } = await recoded(await encode(glass, { quality: 80, lossless: true }));
    expect([colourAt(pixels, 10, 20)[3], colourAt(pixels, 30, 20)[3]]).toEqual([255, 0]);
  });

  it('to at most 1280 pixels on a side and 300,000 bytes, whatever is in it', async () => {
    const { made, pixels } = await recoded(png(noise(1300, 400)));
    expect(Math.max(pixels.width, pixels.height)).toBeLessThanOrEqual(1280);
    expect(pixels.width / pixels.height).toBeCloseTo(3.25, 1);
    expect(made.length).toBeLessThanOrEqual(300_000);
    expect(made.length).toBeLessThan(limits.pictureBytes.max);
  });
});

it('[Q82] what is made smaller keeps its mean, and nothing shines through that did not', () => {
  const checks = draw(64, 32, (x, y) => ((x + y) % 2 === 0 ? [255, 0, 0, 255] : [0, 0, 255, 255]));
  const small = scaleDown(checks, 16);
  expect([small.width, small.height]).toEqual([16, 8]);
  expect(colourAt(small, 3, 3)).toEqual([128, 0, 128, 255]);
  expect(
    colourAt(
      scaleDown(
        draw(4, 4, (x) => [9, 9, 9, x < 2 ? 255 : 0]),
        1,
      ),
      0,
      0,
    ),
  ).toEqual([9, 9, 9, 128]);
  expect(scaleDown(checks, 64)).toBe(checks);
  expect(
    scaleDown(
      draw(3, 900, () => [1, 2, 3, 255]),
      100,
    ),
  ).toMatchObject({ width: 1, height: 100 });
});

describe('[X65] a picture that is none, or would fill the memory', () => {
  const whole = png(flag(30, 20));
  const lying = (width: number, height: number) => png(flag(30, 20), [], { width, height });

  it.each([
    ['picture_unreadable', 'text', Buffer.from('Not a picture at all, but quite long for all that.')],
    ['picture_unreadable', 'SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
    ['picture_unreadable', 'GIF', Buffer.from('GIF89a\x01\0\x01\0\x80\0\0', 'latin1')],
    ['picture_unreadable', 'nothing', Buffer.alloc(0)],
    ['picture_unreadable', 'half a PNG', whole.subarray(0, whole.length / 2)],
    ['picture_unreadable', 'a head alone', whole.subarray(0, 33)],
    ['picture_unreadable', 'no width', lying(0, 20)],
    ['picture_too_large', 'PNG of 30,000 × 30,000 in some bytes', lying(30_000, 30_000)],
    ['picture_too_large', 'PNG of one long line', lying(4_000_000_000, 1)],
    ['picture_too_large', 'PNG of 41 million', lying(10_250, 4_000)],
    ['picture_too_large', 'more than 16 MiB', Buffer.concat([whole, Buffer.alloc(16 * 2 ** 20)])],
  ])('%s: %s', async (code, _, bytes) => {
    expect(await recode(new Uint8Array(bytes))).toBe(code);
  });

  it('says its size before it is unpacked, in each form', async () => {
    const glass = draw(40, 25, () => [1, 2, 3, 100]);
    const sizes = [
      png(flag(90, 60)),
      await jpeg(flag(96, 48), { also: 'x'.repeat(300) }),
      await encode(flag(50, 30), { quality: 80, lossless: false }),
      await encode(flag(51, 31), { quality: 80, lossless: true }),
      await encode(glass, { quality: 80, lossless: false }),
    ].map(pictureSize);
    expect(sizes).toEqual([
      { type: 'image/png', width: 90, height: 60 },
      { type: 'image/jpeg', width: 96, height: 48 },
      { type: 'image/webp', width: 50, height: 30 },
      { type: 'image/webp', width: 51, height: 31 },
      { type: 'image/webp', width: 40, height: 25 },
    ]);
  });

  it('whatever byte of it is changed, or wherever it ends, it is a picture or refused', async () => {
    const sources = [
      png(flag(12, 8)),
      await jpeg(flag(12, 8)),
      await encode(flag(12, 8), { quality: 80, lossless: false }),
    ];
    const odd: unknown[] = [];
    for (const source of sources) {
      for (let at = 0; at < source.length; at += Math.ceil(source.length / 40)) {
        const changed = source.map((byte, i) => (i === at ? byte ^ 0x5a : byte));
        for (const bytes of [changed, source.subarray(0, at)]) {
          const made = await recode(bytes);
          const isRefused = made === 'picture_unreadable' || made === 'picture_too_large';
          if (!isRefused && typeof made !== 'string' && pictureType(made) !== 'image/webp')
            odd.push([at, made]);
        }
      }
    }
    expect(odd).toEqual([]);
  });
});

describe('[X65] the thread that unpacks', () => {
  const stuck = new URL(
    'data:text/javascript,import{parentPort as p}from"node:worker_threads";p.on("message",()=>{for(;;);})',
  );
  const dying = new URL(
    'data:text/javascript,import{parentPort as p}from"node:worker_threads";p.on("message",()=>{throw Error()})',
  );
  const recoder = createRecoder();
  afterAll(() => recoder.close());

  it('re-encodes one picture after the other', async () => {
    const [good, bad, again] = await Promise.all([
      recoder.recode(png(flag(30, 20))),
      recoder.recode(Buffer.from('no picture')),
      recoder.recode(png(flag(40, 20))),
    ]);
    expect([good.ok, bad, again.ok]).toEqual([
      true,
      { ok: false, code: 'picture_unreadable', message: undefined },
      true,
    ]);
  });

  it.each([
    ['takes for ever', stuck],
    ['dies', dying],
  ])(
    'a picture on which it %s is unreadable, and the next one gets a thread of its own',
    async (_, module) => {
      const hostile = createRecoder(module, 50);
      for (let n = 0; n < 2; n++)
        expect(await hostile.recode(new Uint8Array(1))).toMatchObject({ code: 'picture_unreadable' });
      await hostile.close();
    },
  );
});
