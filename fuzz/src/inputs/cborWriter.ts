/** Writes CBOR piece by piece, right or not, into one buffer that grows. */
import type { Bytes } from '@fairground/ledger';

export interface CborWriter {
  byte(value: number): void;
  put(bytes: Bytes): void;
  /** In as few bytes as hold the count, or in nine. */
  head(major: number, count: number, isWide: boolean): void;
  /** All of it, as a copy. */
  bytes(): Bytes;
}

let buffer = new Uint8Array(4096);

/** One at a time: the buffer is shared. */
export function createWriter(): CborWriter {
  let at = 0;
  const reserve = (length: number) => {
    if (at + length <= buffer.length) return;
    const grown = new Uint8Array(2 * (at + length));
    grown.set(buffer);
    buffer = grown;
  };
  return {
    byte(value) {
      reserve(1);
      buffer[at++] = value;
    },
    put(bytes) {
      reserve(bytes.length);
      buffer.set(bytes, at);
      at += bytes.length;
    },
    head(major, count, isWide) {
      const width = isWide ? 8 : widthOf(count);
      reserve(1 + width);
      buffer[at] = (major << 5) | (width === 0 ? count : 23 + Math.log2(2 * width));
      let rest = count;
      for (let place = at + width; place > at; place--) {
        buffer[place] = rest % 256;
        rest = Math.floor(rest / 256);
      }
      at += 1 + width;
    },
    bytes: () => buffer.slice(0, at),
  };
}

function widthOf(count: number): number {
  if (count < 24) return 0;
  if (count < 256) return 1;
  if (count < 65_536) return 2;
  return count < 2 ** 32 ? 4 : 8;
}

const mostTexts = 4_096;
const texts = new Map<string, Bytes>();

/** The same keys come again and again. */
export function utf8(text: string): Bytes {
  const known = texts.get(text);
  if (known) return known;
  const bytes = new TextEncoder().encode(text);
  if (texts.size >= mostTexts) texts.clear();
  texts.set(text, bytes);
  return bytes;
}
