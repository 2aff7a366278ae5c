/** Makes a picture smaller: each new pixel is the mean of the area that it covers, weighed by how opaque it is. */
export interface Pixels {
  /** RGBA, a byte each. */
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** The same picture if it is within `side` pixels already. */
export function scaleDown(pixels: Pixels, side: number): Pixels {
  const largest = Math.max(pixels.width, pixels.height);
  if (largest <= side) return pixels;
  const width = Math.max(1, Math.round((pixels.width * side) / largest));
  const height = Math.max(1, Math.round((pixels.height * side) / largest));
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.set(meanOf(pixels, { x, y, width, height }), 4 * (y * width + x));
  return { data, width, height };
}

interface Spot {
  readonly x: number;
  readonly y: number;
  /** Of the new picture. */
  readonly width: number;
  readonly height: number;
}

/** Whole pixels, none left out and none twice: at these sizes nobody sees the halves. */
function meanOf({ data, width, height }: Pixels, spot: Spot): readonly [number, number, number, number] {
  const [left, right] = rangeOf(spot.x, spot.width, width);
  const [top, bottom] = rangeOf(spot.y, spot.height, height);
  let [red, green, blue, opaque] = [0, 0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let at = 4 * (y * width + left); at < 4 * (y * width + right); at += 4) {
      const alpha = data[at + 3] ?? 0;
      red += (data[at] ?? 0) * alpha;
      green += (data[at + 1] ?? 0) * alpha;
      blue += (data[at + 2] ?? 0) * alpha;
      opaque += alpha;
    }
  }
  if (opaque === 0) return [0, 0, 0, 0];
  return [red / opaque, green / opaque, blue / opaque, opaque / ((right - left) * (bottom - top))];
}

function rangeOf(at: number, count: number, of: number): readonly [number, number] {
  const from = Math.floor((at * of) / count);
  return [from, Math.max(from + 1, Math.floor(((at + 1) * of) / count))];
}
