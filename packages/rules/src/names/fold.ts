/** Case and width folding of one code point by a table that ships with the rules: engines' own tables differ. */
import { foldRuns } from './foldTable.ts';

const stride = 4;

/** The code point that stands for all that look like it but for case, width or style. A run is from, to, step, difference. */
export function foldPoint(point: number): number {
  let low = 0;
  let high = foldRuns.length / stride - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from = 0, to = 0, step = 1, difference = 0] = foldRuns.slice(
      middle * stride,
      middle * stride + stride,
    );
    if (point < from) high = middle - 1;
    else if (point > to) low = middle + 1;
    else return (point - from) % step === 0 ? point + difference : point;
  }
  return point;
}
