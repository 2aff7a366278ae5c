import { decode as oracleDecode, encode as oracleEncode } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes } from './bytes.ts';
import { type Cbor, decodeCbor, EncodedCbor, encodeCbor, rowOf } from './cbor.ts';
import { hex } from './formatsVectors.ts';
import { bytesToHex } from './hex.ts';

const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom('é', '中文', '😀', '\u00df', '10', '2', 'constructor'),
  )
  .map((value) => value.normalize('NFC'));
const key = text.filter((value) => value !== '__proto__');
const leaf = fc.oneof(
  fc.maxSafeInteger(),
  fc.constantFrom(
    0,
    23,
    24,
    255,
    256,
    65_535,
    65_536,
    2 ** 32 - 1,
    2 ** 32,
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
    -1,
    -24,
    -25,
  ),
  text,
  fc.boolean(),
  fc.constant(null),
  fc.uint8Array({ maxLength: 300 }),
);
const value: fc.Arbitrary<Cbor> = fc.letrec<{ tree: Cbor }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('tree'), { maxLength: 5 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 6 }),
  ),
})).tree;

describe('encoding', () => {
  it('[L5] the worked example comes out byte for byte, whatever the order of the keys', () => {
    expect(bytesToHex(encodeCbor({ b: 1, aa: 2 }))).toBe('a261620162616102');
    expect(bytesToHex(encodeCbor({ aa: 2, b: 1 }))).toBe('a261620162616102');
  });

  it('[L5] every value encodes as cborg encodes it, and decodes to itself', () => {
    fc.assert(
      fc.property(value, (any) => {
        const bytes = encodeCbor(any);
        expect(bytesToHex(bytes)).toBe(bytesToHex(oracleEncode(any)));
        expect(decodeCbor(bytes)).toEqual({ ok: true, value: any });
        expect(decodeCbor(Buffer.from(bytes))).toEqual({ ok: true, value: any });
      }),
      { numRuns: 500 },
    );
  });

  it('[L5] keys beyond ASCII sort by their UTF-8 bytes, not by UTF-16 units', () => {
    expect(bytesToHex(encodeCbor({ '\u{10000}': 1, '\uffff': 2, z: 3 }))).toBe(
      'a3617a0363efbfbf0264f090808001',
    );
    expect(bytesToHex(encodeCbor({ '\u{10000}': 1, '\uffffa': 2 }))).toBe('a264efbfbf610264f090808001');
  });

  it('[L5] a part that was encoded before, and a row whose keys are known, are written as the value they stand for', () => {
    const row = rowOf('at', 'key', 'turns');
    fc.assert(
      fc.property(value, value, value, (at, inner, turns) => {
        const plain = { list: [{ at, key: inner, turns }] };
        const parts = { list: [row(at, new EncodedCbor(encodeCbor(inner)), turns)] };
        expect(bytesToHex(encodeCbor(parts))).toBe(bytesToHex(encodeCbor(plain)));
      }),
    );
    expect(() => rowOf('turns', 'at')).toThrow('keys out of order');
  });

  it('[L5] an encoder called from within an encoding does not disturb it', () => {
    const nested = {
      a: 1,
      get b() {
        return bytesToHex(encodeCbor([1, 2, 3]));
      },
    };
    expect(decodeCbor(encodeCbor(nested))).toEqual({ ok: true, value: { a: 1, b: '83010203' } });
  });

  it.each<[string, unknown]>([
    ['a fraction', 1.5],
    ['NaN', Number.NaN],
    ['infinity', Infinity],
    ['an unsafe integer', 2 ** 53],
    ['an unsafe negative integer', -(2 ** 53)],
    ['a bigint', 1n],
    ['undefined', undefined],
    ['undefined in a list', [undefined]],
    ['undefined in a map', { a: undefined }],
    ['a hole', Array(1)],
    ['a lone surrogate', '\ud800'],
    ['a lone surrogate as key', { '\udfff': 1 }],
    ['text that is not NFC', 'e\u0301'],
    ['a key that is not NFC', { 'e\u0301': 1 }],
    ['a __proto__ key', JSON.parse('{"__proto__": 1}')],
    ['a date', new Date(0)],
    ['a map object', new Map()],
    ['a class instance', new (class Thing {})()],
    ['another typed array', new Uint16Array(2)],
    ['a function', () => 1],
    ['a symbol', Symbol('a')],
  ])('[L6] encoding throws on %s', (_name, bad) => {
    expect(() => encodeCbor(bad as Cbor)).toThrow(/^encodeCbor: /);
  });
});

describe('decoding', () => {
  it.each([
    ['a long zero', '1800'],
    ['a long 24', '190018'],
    ['a long 2^32 − 1', '1b00000000ffffffff'],
    ['a long length of text', '780161'],
    ['a long length of bytes', '590000'],
    ['a long negative', '3817'],
    ['unsorted keys', 'a262616102616201'],
    ['keys in the order of the plain strings', 'a262616101616202'],
    ['text that is not NFC', '6365cc81'],
  ])('[L7] %s is not canonical', (_name, bytes) => {
    expect(decodeCbor(hex(bytes))).toMatchObject({ ok: false, code: 'cbor_not_canonical' });
  });

  it.each([
    ['nothing', ''],
    ['a truncated integer', '19'],
    ['a truncated text', '6261'],
    ['a truncated list', '8201'],
    ['a truncated map', 'a16161'],
    ['bytes after the value', '0000'],
    ['a half float', 'f93c00'],
    ['a double', 'fb3ff0000000000000'],
    ['NaN', 'f97e00'],
    ['undefined', 'f7'],
    ['another simple value', 'e0'],
    ['a long simple value', 'f814'],
    ['a break', 'ff'],
    ['an indefinite list', '9f01ff'],
    ['indefinite text', '7f6161ff'],
    ['a reserved length', '1c'],
    ['a tag', 'c001'],
    ['a bignum', 'c24101'],
    ['a duplicate key', 'a2616101616102'],
    ['a key that is a number', 'a10102'],
    ['a __proto__ key', 'a1695f5f70726f746f5f5f01'],
    ['ill-formed text', '61ff'],
    ['a surrogate in text', '63eda080'],
    ['2^53', '1b0020000000000000'],
    ['−2^53 − 1', '3b0020000000000000'],
    ['2^64 − 1', '1bffffffffffffffff'],
  ])('[L8] %s is malformed', (_name, bytes) => {
    expect(decodeCbor(hex(bytes))).toMatchObject({ ok: false, code: 'cbor_malformed' });
  });

  it('[L9] random bytes never throw, and what is accepted encodes to the same bytes', () => {
    const heads = fc.constantFrom(
      0x00,
      0x17,
      0x18,
      0x19,
      0x20,
      0x38,
      0x40,
      0x41,
      0x60,
      0x61,
      0x80,
      0x81,
      0x82,
      0xa0,
      0xa1,
      0xf4,
      0xf6,
    );
    const bytes = fc
      .array(fc.oneof(heads, fc.nat(255)), { maxLength: 12 })
      .map((list) => Uint8Array.from(list));
    fc.assert(
      fc.property(bytes, (input) => {
        const decoded = decodeCbor(input);
        if (!decoded.ok) return;
        expect(bytesToHex(encodeCbor(decoded.value))).toBe(bytesToHex(input));
        expect(decodeCbor(concatBytes(input, new Uint8Array(1)))).toMatchObject({ code: 'cbor_malformed' });
      }),
      { numRuns: 10_000 },
    );
  });

  it('[L9] a flipped bit gives another value or a refusal, and never what cborg reads differently', () => {
    fc.assert(
      fc.property(value, fc.nat(), fc.integer({ min: 0, max: 7 }), (any, at, bit) => {
        const bytes = encodeCbor(any);
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
        const decoded = decodeCbor(bytes);
        if (!decoded.ok) return;
        expect(decoded.value).not.toEqual(any);
        expect(
          oracleDecode(bytes, { strict: true, allowIndefinite: false, rejectDuplicateMapKeys: true }),
        ).toEqual(decoded.value);
      }),
      { numRuns: 500 },
    );
  });

  it('[L10] 64 levels go both ways and 65 neither', () => {
    const deep = (levels: number): Cbor => (levels === 0 ? 0 : [deep(levels - 1)]);
    expect(decodeCbor(encodeCbor(deep(64)))).toEqual({ ok: true, value: deep(64) });
    expect(() => encodeCbor(deep(65))).toThrow('too deep');
    const lists = (levels: number) => concatBytes(new Uint8Array(levels).fill(0x81), new Uint8Array(1));
    expect(decodeCbor(lists(64)).ok).toBe(true);
    expect(decodeCbor(lists(65))).toMatchObject({ code: 'cbor_malformed' });
    expect(decodeCbor(lists(1_000_000))).toMatchObject({ code: 'cbor_malformed' });
  });

  it.each(['9affffffff', 'bb0010000000000000', '5b001fffffffffffff', '7affffffff'])(
    '[L10] the claimed length of %s is not believed',
    (bytes) => {
      expect(decodeCbor(hex(bytes))).toMatchObject({ code: 'cbor_malformed' });
    },
  );
});
