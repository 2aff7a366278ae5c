import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cbor, encodeCbor } from './cbor.ts';
import type { IntentEntry } from './entry.ts';
import { decodeAnyEntry, decodeEntry, encodeEntry } from './entryCodec.ts';
import { makeIntent, parseAnyIntent, parseIntent } from './intent.ts';
import { readIntent, readIntentEntry } from './intentRead.ts';

const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const code = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9_]{0,63}$/),
  fc.constantFrom('dkind', 'adkindx', 'kind', 'prev', 'dprev'),
);
const uint = fc.oneof(
  fc.nat(),
  fc.constantFrom(0, 23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER),
);
const leaf = fc.oneof(
  uint,
  fc
    .string()
    .map((text) => text.normalize('NFC'))
    .filter((text) => text.isWellFormed()),
  fc.boolean(),
  bytesOf(5),
);
const body = fc.dictionary(
  fc.constantFrom('lot', 'seal', 'kind', 'a', 'note'),
  fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }), fc.dictionary(fc.constantFrom('x', 'kind', 'yy'), leaf)),
) as fc.Arbitrary<{ [field: string]: Cbor }>;
const intent = fc
  .record({ world: bytesOf(32), key: bytesOf(32), seq: uint, prev: bytesOf(32), kind: code, body })
  .map(makeIntent);
const entry: fc.Arbitrary<IntentEntry> = fc.record(
  {
    kind: fc.constant('intent' as const),
    at: uint,
    via: code,
    bytes: fc.oneof(intent, fc.uint8Array({ maxLength: 300 })),
    sig: bytesOf(64),
    rtt: uint,
    refused: code,
  },
  { requiredKeys: ['kind', 'at', 'via', 'bytes', 'sig'] },
);
const change = fc.record({ at: fc.nat(), value: fc.nat(255), drop: fc.boolean() });
/** With one byte replaced, inserted or dropped. */
const crooked = (good: fc.Arbitrary<Uint8Array>) =>
  fc.tuple(good, change).map(([bytes, { at, value, drop }]) => {
    const place = at % bytes.length;
    const rest = bytes.subarray(drop ? place + 1 : place + (value % 2));
    return Uint8Array.of(...bytes.subarray(0, place), ...(drop ? [] : [value]), ...rest);
  });

describe('the short way to read intents', () => {
  it('[L108] takes every entry of an intent, and agrees with the long way on it and on everything that is almost one', () => {
    fc.assert(
      fc.property(entry, (one) => {
        expect(readIntentEntry(encodeEntry(one))).toEqual(one);
      }),
    );
    fc.assert(
      fc.property(crooked(entry.map(encodeEntry)), (bytes) => {
        expect(decodeEntry(bytes)).toEqual(decodeAnyEntry(bytes));
      }),
      { numRuns: 1000 },
    );
  });

  it('[L108] takes every intent, and agrees with the long way on it and on everything that is almost one', () => {
    fc.assert(
      fc.property(intent, (bytes) => {
        expect(readIntent(bytes)).toBeDefined();
        expect(parseIntent(bytes)).toEqual(parseAnyIntent(bytes));
      }),
    );
    fc.assert(
      fc.property(crooked(intent), (bytes) => {
        expect(parseIntent(bytes)).toEqual(parseAnyIntent(bytes));
      }),
      { numRuns: 1000 },
    );
  });

  it('[L108] leaves deep bodies to the long way, which counts every level', () => {
    const nest = (levels: number): Cbor => (levels === 0 ? 1 : [nest(levels - 1)]);
    const zero = new Uint8Array(32);
    const deep = (levels: number) => ({
      world: zero,
      key: zero,
      seq: 0,
      prev: zero,
      kind: 'x',
      body: { a: nest(levels) },
    });
    expect(readIntent(makeIntent(deep(20)))).toBeUndefined();
    expect(parseIntent(makeIntent(deep(62)))).toMatchObject({ ok: true });
    const inner = encodeCbor({ a: nest(63) });
    const shallow = makeIntent(deep(0));
    const at = Buffer.from(shallow).indexOf(Buffer.from(encodeCbor({ a: 1 })));
    const tooDeep = Uint8Array.of(...shallow.subarray(0, at), ...inner, ...shallow.subarray(at + 4));
    expect(parseIntent(tooDeep)).toMatchObject({ code: 'intent_malformed' });
  });
});
