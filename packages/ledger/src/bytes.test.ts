import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base58ToBytes, bytesToBase58 } from './base58.ts';
import {
  base32ToBytes,
  base64ToBytes,
  base64urlToBytes,
  bytesToBase32,
  bytesToBase64,
  bytesToBase64url,
} from './baseText.ts';
import {
  compareBytes,
  concatBytes,
  copyBytes,
  equalBytes,
  isBytes,
  ownBytes,
  readU64be,
  u64be,
} from './bytes.ts';
import { hex } from './formatsVectors.ts';
import { bytesToHex, hexToBytes, toHex } from './hex.ts';
import { err, ok, unwrap } from './result.ts';
import { bytesToUtf8, decodeUtf8, encodeUtf8, utf8ToBytes } from './utf8.ts';

const spellings = {
  hex: [bytesToHex, hexToBytes],
  base64: [bytesToBase64, base64ToBytes],
  base64url: [bytesToBase64url, base64urlToBytes],
  base32: [bytesToBase32, base32ToBytes],
  base58: [bytesToBase58, base58ToBytes],
} as const;

describe('text forms of bytes', () => {
  it.each(Object.entries(spellings))('[L1] %s round-trips every byte string', (_name, [write, read]) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(read(write(bytes))).toEqual(bytes);
      }),
    );
  });

  it.each(Object.entries(spellings))(
    '[L1] %s reads nothing that it would not write',
    (_name, [write, read]) => {
      const text = fc.string({ unit: fc.constantFrom(...'AZaz019+/-_= \nIl'), maxLength: 12 });
      fc.assert(
        fc.property(text, (spelling) => {
          const bytes = read(spelling);
          if (bytes) expect(write(bytes)).toBe(spelling);
        }),
        { numRuns: 2000 },
      );
    },
  );

  it('[L1] base64 and base32 give the vectors of RFC 4648 §10', () => {
    expect(
      ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => bytesToBase64(utf8ToBytes(text))),
    ).toEqual(['', 'Zg==', 'Zm8=', 'Zm9v', 'Zm9vYg==', 'Zm9vYmE=', 'Zm9vYmFy']);
    expect(
      ['f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => bytesToBase32(utf8ToBytes(text))),
    ).toEqual(['my', 'mzxq', 'mzxw6', 'mzxw6yq', 'mzxw6ytb', 'mzxw6ytboi']);
    expect(bytesToBase64url(hex('fbff'))).toBe('-_8');
  });

  it.each(['Zg', 'Zg=', 'Zh==', 'Zg==\n', 'Zg===', 'Z===', '=', 'Zm9v====', 'Zm-v'])(
    '[L1] base64 %j is refused',
    (text) => {
      expect(base64ToBytes(text)).toBeUndefined();
    },
  );

  it.each(['a', 'mz', 'MY', 'm1', 'my======'])('[L1] base32 %j is refused', (text) => {
    expect(base32ToBytes(text)).toBeUndefined();
  });

  it('[L1] hex is the same where the engine has none of its own', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(toHex(bytes)).toBe(bytesToHex(bytes));
        expect(toHex(Buffer.from(bytes))).toBe(bytesToHex(Buffer.from(bytes)));
      }),
    );
  });

  it.each(['0', 'AB', 'zz', ' 00'])('[L1] hex %j is refused', (text) => {
    expect(hexToBytes(text)).toBeUndefined();
  });
});

describe('UTF-8', () => {
  it('[L2] well-formed text round-trips, by the engine and by plain code alike', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const bytes = utf8ToBytes(text);
        expect(encodeUtf8(text)).toEqual(new Uint8Array(bytes));
        expect([bytesToUtf8(bytes), decodeUtf8(bytes)]).toEqual([text, text]);
      }),
    );
  });

  it('[L2] the fallback refuses exactly what the engine refuses', () => {
    const lead = fc.constantFrom(
      0x41,
      0x7f,
      0x80,
      0xbf,
      0xc0,
      0xc1,
      0xc2,
      0xdf,
      0xe0,
      0xed,
      0xef,
      0xf0,
      0xf4,
      0xf5,
      0xff,
    );
    const byte = fc.oneof(lead, fc.constantFrom(0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf), fc.nat(255));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 6 }), (bytes) => {
        const input = Uint8Array.from(bytes);
        expect(decodeUtf8(input)).toBe(bytesToUtf8(input));
      }),
      { numRuns: 5000 },
    );
  });

  it('[L2] a byte order mark is kept', () => {
    expect(bytesToUtf8(hex('efbbbf41'))).toBe('\ufeffA');
  });

  it.each(['\ud800', 'a\udc00', '\udc00\ud800'])('[L2] the lone surrogate in %j throws', (text) => {
    expect(() => utf8ToBytes(text)).toThrow('lone surrogate');
  });
});

describe('byte strings', () => {
  it('[L3] u64be writes big-endian and reads back', () => {
    expect(bytesToHex(u64be(1_700_000_000))).toBe('000000006553f100');
    expect(readU64be(u64be(2n ** 64n - 1n))).toBe(2n ** 64n - 1n);
  });

  it.each([-1, 0.5, 2 ** 53, 2n ** 64n, -1n])('[L3] u64be throws on %s', (value) => {
    expect(() => u64be(value)).toThrow(RangeError);
  });

  it('[L3] comparing is the order of the hex spellings, and zero only for equal bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 4 });
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const byHex = bytesToHex(a) < bytesToHex(b) ? -1 : bytesToHex(a) > bytesToHex(b) ? 1 : 0;
        expect(Math.sign(compareBytes(a, b))).toBe(byHex);
        expect(equalBytes(a, b)).toBe(byHex === 0);
      }),
    );
  });

  it('[L3] joining and copying give plain arrays of their own', () => {
    const source = Buffer.from('abc');
    const copies = [concatBytes(source, source), copyBytes(source, 1), ownBytes(source)];
    expect(copies.map((copy) => Object.getPrototypeOf(copy) === Uint8Array.prototype)).toEqual([
      true,
      true,
      true,
    ]);
    expect(bytesToUtf8(concatBytes(source, source))).toBe('abcabc');
    const copied = copyBytes(source, 1);
    source[1] = 0;
    expect(bytesToUtf8(copied)).toBe('bc');
    expect(ownBytes(new Uint8Array(new SharedArrayBuffer(2))).buffer).toBeInstanceOf(ArrayBuffer);
    expect([isBytes(source), isBytes([1]), isBytes('a')]).toEqual([true, false, false]);
  });

  it('[L4] unwrap gives the value or throws the code', () => {
    expect(unwrap(ok(3))).toBe(3);
    expect(() => unwrap(err('too_late', 'by 3 ms'))).toThrow('too_late: by 3 ms');
    expect(() => unwrap(err('too_late'))).toThrow('too_late');
  });
});
