/** CBOR, mostly canonical: values grown, values of the seeds bent in one place, and second spellings of both. */
import { type Bytes, type Cbor, decodeCbor, isBytes } from '@fairground/ledger';
import type { Random } from '../random.ts';
import { bendBytes, randomBytes } from './bytes.ts';
import { createWriter, utf8 } from './cborWriter.ts';
import type { Inputs } from './inputs.ts';

type Node = Cbor | Raw | readonly Node[] | { readonly [key: string]: Node };

/** Bytes that stand as they are where a value should. */
class Raw {
  readonly bytes: Bytes;
  constructor(...bytes: readonly number[]) {
    this.bytes = new Uint8Array(bytes);
  }
}

/** Each of these is one value that canonical CBOR of ours does not have. */
const crooked = [
  new Raw(0xf7),
  new Raw(0xf9, 0x3c, 0x00),
  new Raw(0xfb, 0x7f, 0xf0, 0, 0, 0, 0, 0, 0),
  new Raw(0xc0, 0x01),
  new Raw(0x18, 0x05),
  new Raw(0x19, 0x00, 0x18),
  new Raw(0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
  new Raw(0x3b, 0x00, 0x20, 0, 0, 0, 0, 0, 0),
  new Raw(0x9f, 0xff),
  new Raw(0xbf, 0xff),
  new Raw(0x7f, 0x61, 0x61, 0xff),
  new Raw(0x62, 0xc0, 0xaf),
  new Raw(0x63, 0xed, 0xa0, 0x80),
  new Raw(0x63, 0x41, 0xcc, 0x8a),
  new Raw(0x5a, 0xff, 0xff, 0xff, 0xff),
  new Raw(0x9a, 0xff, 0xff, 0xff, 0xff),
  new Raw(0xa2, 0x61, 0x62, 0x01, 0x61, 0x61, 0x01),
  new Raw(0xa2, 0x61, 0x61, 0x01, 0x61, 0x61, 0x01),
  new Raw(0xa1, 0x69, 0x5f, 0x5f, 0x70, 0x72, 0x6f, 0x74, 0x6f, 0x5f, 0x5f, 0x01),
];
const integers = [
  0,
  1,
  23,
  24,
  255,
  256,
  65_535,
  65_536,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 53 - 1,
  -1,
  -24,
  -25,
  -(2 ** 53 - 1),
];
const texts = [
  '',
  'a',
  'kind',
  'constructor',
  'toString',
  'é',
  '日',
  '🎉',
  'x'.repeat(24),
  'x'.repeat(65),
  '\u0000',
];

/** `words` are keys and codes that the format knows. */
export function cborInputs(seeds: readonly Bytes[], words: readonly string[] = []): Inputs {
  const values = seeds.flatMap((seed) => {
    const decoded = decodeCbor(seed);
    return decoded.ok ? [decoded.value] : [];
  });
  const keys = [...new Set([...words, ...values.flatMap(keysOf)])];
  const names = keys.length > 0 ? keys : ['a'];
  const leaf = (random: Random): Node => {
    switch (random.below(7)) {
      case 0:
        return random.pick(integers);
      case 1:
        return random.below(2 ** 20);
      case 2:
        return random.pick([...texts, ...names]);
      case 3:
        return randomBytes(random, random.pick([0, 1, 4, 16, 31, 32, 33, 64]));
      case 4:
        return random.pick([true, false, null]);
      case 5:
        return random.oneIn(4) ? random.pick(crooked) : [];
      default:
        return values.length > 0 ? part(random.pick(values), random) : {};
    }
  };
  const grow = (random: Random, depth: number): Node => {
    if (depth === 0 || random.oneIn(3)) return leaf(random);
    const count = random.below(4);
    if (random.oneIn(2)) return Array.from({ length: count }, () => grow(random, depth - 1));
    return Object.fromEntries(
      Array.from({ length: count }, () => [random.pick(names), grow(random, depth - 1)]),
    );
  };
  const change = (value: Node, random: Random): Node => {
    if (value instanceof Raw || typeof value !== 'object' || value === null || isBytes(value))
      return isBytes(value) && random.oneIn(2) ? bendBytes(value, random, [value]) : leaf(random);
    if (random.oneIn(8)) return grow(random, 3);
    return Array.isArray(value)
      ? changeList(value, random)
      : changeMap(value as { [key: string]: Node }, random);
  };
  const changeList = (list: readonly Node[], random: Random): Node => {
    const place = random.below(list.length + 1);
    if (place === list.length) return [...list, leaf(random)];
    if (random.oneIn(5)) return list.toSpliced(place, 1);
    if (random.oneIn(5)) return [...list, ...list.slice(place)];
    return list.with(place, change(list[place] ?? null, random));
  };
  const changeMap = (map: { readonly [key: string]: Node }, random: Random): Node => {
    const own = Object.keys(map);
    if (own.length === 0 || random.oneIn(6)) return { ...map, [random.pick(names)]: leaf(random) };
    const key = random.pick(own);
    if (random.oneIn(6)) return Object.fromEntries(Object.entries(map).filter(([name]) => name !== key));
    return { ...map, [key]: change(map[key] ?? null, random) };
  };
  // What is worth keeping is bent again and again.
  const read = new WeakMap<Bytes, Cbor | undefined>();
  const valueOf = (input: Bytes): Cbor | undefined => {
    if (read.has(input)) return read.get(input);
    const decoded = decodeCbor(input);
    const value = decoded.ok ? decoded.value : undefined;
    read.set(input, value);
    return value;
  };
  return {
    seeds,
    make(random) {
      const base =
        values.length > 0 && !random.oneIn(4) ? change(random.pick(values), random) : grow(random, 4);
      return write(base, random);
    },
    bend(input, random, others) {
      if (random.oneIn(2)) return bendBytes(input, random, others);
      const value = valueOf(input);
      return value === undefined ? bendBytes(input, random, others) : write(change(value, random), random);
    },
  };
}

function keysOf(value: Cbor): string[] {
  if (typeof value !== 'object' || value === null || isBytes(value)) return [];
  const inner = Object.values(value as object).flatMap((item: Cbor) => keysOf(item));
  return Array.isArray(value) ? inner : [...Object.keys(value), ...inner];
}

/** Some value inside this one. */
function part(value: Cbor, random: Random): Node {
  if (typeof value !== 'object' || value === null || isBytes(value) || random.oneIn(3)) return value;
  const inner = Object.values(value as object) as Cbor[];
  return inner.length === 0 ? value : part(random.pick(inner), random);
}

/** Canonical but for one place in about fifty. */
function write(value: Node, random: Random): Bytes {
  const written = createWriter();
  const head = (major: number, count: number) => written.head(major, count, random.oneIn(200));
  const put = (node: Node): void => {
    if (node instanceof Raw) written.put(node.bytes);
    else if (node === null || typeof node === 'boolean')
      written.byte(node === null ? 0xf6 : node ? 0xf5 : 0xf4);
    else if (typeof node === 'number') head(node < 0 ? 1 : 0, node < 0 ? -1 - node : node);
    else if (typeof node === 'string') putText(node);
    else if (isBytes(node)) {
      head(2, node.length);
      written.put(node);
    } else if (Array.isArray(node)) {
      head(4, node.length);
      for (const item of node as readonly Node[]) put(item);
    } else putMap(node as { readonly [key: string]: Node });
  };
  const putText = (text: string) => {
    const bytes = utf8(text);
    head(3, bytes.length);
    written.put(bytes);
  };
  const putMap = (map: { readonly [key: string]: Node }) => {
    const keys = Object.keys(map);
    if (!random.oneIn(50)) keys.sort((a, b) => byLength(utf8(a), utf8(b)));
    head(5, keys.length);
    for (const key of keys) {
      putText(key);
      put(map[key] ?? null);
    }
  };
  put(value);
  return written.bytes();
}

function byLength(a: Bytes, b: Bytes): number {
  return a.length - b.length || Buffer.compare(a, b);
}
