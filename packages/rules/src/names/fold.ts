/** Case and width folding of one code point by a table that ships with the rules: engines' own tables differ. */
import { foldRuns } from './foldTable.ts';

const stride = 4;

/** The code point that stands for all that look like it but for case, width or style. A run is from, to, step, difference. */
export function foldPoint(point: number): number {
  let low = 0;
  let high = foldRuns.length / stride - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = middle * stride;
    const from = foldRuns[at] ?? 0;
    const to = foldRuns[at + 1] ?? 0;
    const step = foldRuns[at + 2] ?? 1;
    const difference = foldRuns[at + 3] ?? 0;
    if (point < from) high = middle - 1;
    else if (point > to) low = middle + 1;
    else return (point - from) % step === 0 ? point + difference : point;
  }
  return point;
}
