/** JSON: values bent in one place and written again, and its text bent as text. */
import type { Random } from '../random.ts';
import type { Inputs } from './inputs.ts';
import { textInputs } from './textInputs.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const leaves: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  2 ** 53,
  '',
  'a',
  '__proto__',
  'constructor',
  [],
  {},
  '\ud800',
  'x'.repeat(300),
];

/** `write` puts a value into the text that the target reads: one document, or a line of many. */
export function jsonInputs(
  values: readonly unknown[],
  write: (values: readonly string[]) => string = ([one]) => one ?? '',
): Inputs {
  const known = values as readonly Json[];
  const text = textInputs(
    known.map((value) => write([JSON.stringify(value)])),
    ['{', '}', '[', ']', '"', ',', ':', 'null', '\\u0000', '\\', '{"__proto__":1}', '['.repeat(5_000)],
  );
  return {
    ...text,
    make(random) {
      if (random.oneIn(3)) return text.make(random);
      const count = random.oneIn(3) ? 2 + random.below(3) : 1;
      const made = Array.from({ length: count }, () =>
        JSON.stringify(bend(random.pick(known), random, known)),
      );
      return new TextEncoder().encode(write(made));
    },
  };
}

function bend(value: Json, random: Random, known: readonly Json[]): Json {
  if (typeof value !== 'object' || value === null) return leaf(value, random, known);
  if (random.oneIn(10)) return random.pick(leaves);
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    const place = random.below(list.length + 1);
    if (place === list.length) return [...list, random.pick(leaves)];
    return random.oneIn(4)
      ? list.toSpliced(place, 1)
      : list.with(place, bend(list[place] ?? null, random, known));
  }
  const keys = Object.keys(value);
  if (keys.length === 0 || random.oneIn(8))
    return { ...value, [random.pick(['x', 'toString', ...keys])]: random.pick(leaves) };
  const key = random.pick(keys);
  const map = value as { readonly [key: string]: Json };
  if (random.oneIn(6)) return Object.fromEntries(Object.entries(map).filter(([name]) => name !== key));
  return { ...map, [key]: bend(map[key] ?? null, random, known) };
}

function leaf(value: Json, random: Random, known: readonly Json[]): Json {
  if (typeof value === 'string' && random.oneIn(2)) {
    const place = random.below(value.length + 1);
    return (
      value.slice(0, place) +
      random.pick(['', 'A', '=', '0', ' ', '\n', '<b>', 'é']) +
      value.slice(place + random.below(2))
    );
  }
  if (typeof value === 'number' && random.oneIn(2)) return value + random.pick([1, -1, 0.5, 2 ** 32]);
  if (random.oneIn(3)) return random.pick(leaves);
  const other = random.pick(known);
  const inner = typeof other === 'object' && other !== null ? (Object.values(other) as Json[]) : [other];
  return inner.length > 0 ? random.pick(inner) : null;
}
