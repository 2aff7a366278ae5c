/** Bytes bent without knowing what they say: flipped, cut, doubled, spliced. */
import type { Bytes } from '@fairground/ledger';
import type { Random } from '../random.ts';

export const mostBytes = 64 * 1024;
const edges = [0, 1, 0x17, 0x18, 0x7f, 0x80, 0xff, 0x20, 0x40, 0x60, 0xa0, 0xc2, 0xed, 0xf4, 0xf6];

type Bend = (input: Bytes, random: Random, others: readonly Bytes[]) => Bytes;

/** Some bends after each other; `others` are inputs to splice with. */
export function bendBytes(input: Bytes, random: Random, others: readonly Bytes[]): Bytes {
  let bent = input;
  do bent = random.pick(bends)(bent, random, others);
  while (random.oneIn(2));
  return bent.length > mostBytes ? bent.subarray(0, mostBytes) : bent;
}

export function randomBytes(random: Random, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = random.u32();
  return bytes;
}

const bends: readonly Bend[] = [
  (input, random) => at(input, random, (byte) => byte ^ (1 << random.below(8))),
  (input, random) => at(input, random, () => random.u32()),
  (input, random) => at(input, random, () => random.pick(edges)),
  (input, random) => at(input, random, (byte) => byte + random.below(9) - 4),
  setWide,
  (input, random) => join(input.subarray(0, random.below(input.length + 1))),
  (input, random) => {
    const [start, end] = span(input, random);
    return join(input.subarray(0, start), input.subarray(end));
  },
  (input, random) => {
    const [start, end] = span(input, random);
    return join(input.subarray(0, end), input.subarray(start));
  },
  (input, random) => {
    const place = random.below(input.length + 1);
    return join(input.subarray(0, place), randomBytes(random, 1 + random.below(8)), input.subarray(place));
  },
  (input, random, others) => {
    const other = random.pick(others);
    return join(
      input.subarray(0, random.below(input.length + 1)),
      other.subarray(random.below(other.length + 1)),
    );
  },
  (input, random, others) => {
    const [start, end] = span(random.pick(others), random);
    const part = random.pick(others).subarray(start, end);
    const place = random.below(input.length + 1);
    return join(input.subarray(0, place), part, input.subarray(place));
  },
];

/** A number of two or four bytes, at an edge of what it may be. */
function setWide(input: Bytes, random: Random): Bytes {
  const width = random.pick([2, 4]);
  if (input.length < width) return input;
  const bent = join(input);
  const view = new DataView(bent.buffer);
  const place = random.below(input.length - width + 1);
  const value = random.pick([0, 1, 0xff, 0xffff, 0x7fff_ffff, 0xffff_ffff, input.length, random.u32()]);
  const isLittle = random.oneIn(2);
  if (width === 2) view.setUint16(place, value, isLittle);
  else view.setUint32(place, value, isLittle);
  return bent;
}

function at(input: Bytes, random: Random, change: (byte: number) => number): Bytes {
  const bent = join(input);
  const place = random.below(bent.length);
  if (bent.length > 0) bent[place] = change(bent[place] ?? 0);
  return bent;
}

function span(input: Bytes, random: Random): readonly [number, number] {
  const start = random.below(input.length + 1);
  const length = random.oneIn(4) ? random.below(input.length - start + 1) : random.below(9);
  return [start, Math.min(input.length, start + length)];
}

export function join(...parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}
