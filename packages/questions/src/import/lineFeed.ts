/** Lines one after the other, with the right to put some back: for readers that find out later that they went too far. */
import { linesOf } from './decodeText.ts';
import type { Line } from './decodeText.ts';

export interface LineFeed {
  next(): Line | undefined;
  putBack(lines: readonly Line[]): void;
}

export function createLineFeed(bytes: Uint8Array): LineFeed {
  const lines = linesOf(bytes);
  const waiting: Line[] = [];
  return {
    next: () => waiting.pop() ?? nextOf(lines),
    putBack: (back) => void waiting.push(...back.toReversed()),
  };
}

function nextOf(lines: Generator<Line>): Line | undefined {
  const { done, value } = lines.next();
  return done === true ? undefined : value;
}
