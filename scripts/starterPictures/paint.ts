/** From shapes that lie over each other to pixels. */
import type { Pixels } from '../../packages/cli/src/pictures/scaleDown.ts';
import type { Shape } from './shapes.ts';

/** `#rrggbb`. */
export type Colour = `#${string}`;
export type Layer = readonly [Colour, ...Shape[]];

export const WIDTH = 720;
export const HEIGHT = 450;
/** A pixel's colour is the mean of this many times this many points. */
const FINE = 3;

/** The later lie over the earlier. */
export function paint(ground: Colour, layers: readonly Layer[]): Pixels {
  const colours = [ground, ...layers.map(([colour]) => colour)].map(channelsOf);
  const points = new Uint8Array(WIDTH * FINE * HEIGHT * FINE);
  for (const [i, [, ...shapes]] of layers.entries()) for (const shape of shapes) fill(points, shape, i + 1);
  return mix(points, colours);
}

function fill(points: Uint8Array, { holds, box }: Shape, colour: number): void {
  const [left, right] = range(box.left, box.right, WIDTH);
  const [top, bottom] = range(box.top, box.bottom, HEIGHT);
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++)
      if (holds((x + 0.5) / FINE, (y + 0.5) / FINE)) points[y * WIDTH * FINE + x] = colour;
}

function range(from: number, to: number, most: number): readonly [number, number] {
  return [Math.max(0, Math.floor(from * FINE)), Math.min(most * FINE, Math.ceil(to * FINE))];
}

function mix(points: Uint8Array, colours: readonly (readonly number[])[]): Pixels {
  const data = new Uint8ClampedArray(4 * WIDTH * HEIGHT);
  const sums = new Uint16Array(data.length);
  for (let y = 0; y < HEIGHT * FINE; y++) {
    for (let x = 0; x < WIDTH * FINE; x++) {
      const [red = 0, green = 0, blue = 0] = colours[points[y * WIDTH * FINE + x] ?? 0] ?? [];
      const at = 4 * (Math.floor(y / FINE) * WIDTH + Math.floor(x / FINE));
      sums[at] = (sums[at] ?? 0) + red;
      sums[at + 1] = (sums[at + 1] ?? 0) + green;
      sums[at + 2] = (sums[at + 2] ?? 0) + blue;
    }
  }
  for (const [at, sum] of sums.entries()) data[at] = at % 4 === 3 ? 255 : Math.round(sum / FINE ** 2);
  return { data, width: WIDTH, height: HEIGHT };
}

function channelsOf(colour: Colour): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
