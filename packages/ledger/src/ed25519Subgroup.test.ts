import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicKeyFromSeed } from './ed25519.ts';
import { decodePoint } from './ed25519Key.ts';
import { isSurelyPrimeOrder } from './ed25519Subgroup.ts';
import { powP58 } from './fieldPower.ts';
import { hex } from './formatsVectors.ts';

const { Point } = ed25519;
const { Fp } = Point;
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const order8 = Point.fromBytes(hex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'));
/** The eight points of small order, the identity first. */
const torsion = Array.from({ length: 8 }, (_, i) => order8.multiplyUnsafe(BigInt(i)));

/** What the long way says. */
function isPrimeOrder(key: Uint8Array): boolean {
  const point = decodePoint(key);
  return point !== undefined && !point.isSmallOrder() && point.isTorsionFree();
}

describe('the short way to know a good key', () => {
  it('[L14] a good key is known, and none that differs from it by a point of small order', () => {
    fc.assert(
      fc.property(bytes32, (seed) => {
        const key = Point.fromBytes(publicKeyFromSeed(seed));
        const known = torsion.map((point) => isSurelyPrimeOrder(key.add(point).toBytes()));
        expect(known).toEqual([true, ...Array(7).fill(false)]);
      }),
      { numRuns: 20 },
    );
  });

  it('[L14] of 32 bytes, whatever they are, it says what the long way says', () => {
    fc.assert(
      fc.property(bytes32, (key) => {
        expect(isSurelyPrimeOrder(key)).toBe(isPrimeOrder(key));
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['the identity', torsion[0]?.toBytes()],
    ['the point of order 2', torsion[4]?.toBytes()],
    ['a point of order 4', torsion[2]?.toBytes()],
    ['a point of order 8', torsion[1]?.toBytes()],
    ['y = p', hex(`ed${'ff'.repeat(30)}7f`)],
    ['y = p + 3, a second spelling of a y', hex(`f0${'ff'.repeat(30)}7f`)],
    ['2^255 − 1', hex('ff'.repeat(32))],
    ['31 bytes', new Uint8Array(31).fill(9)],
    ['33 bytes', new Uint8Array(33).fill(9)],
    ['nothing', new Uint8Array(0)],
  ])('[L14] %s is not known', (_name, key) => {
    expect(isSurelyPrimeOrder(key ?? new Uint8Array(0))).toBe(false);
  });

  it('[L14] its powers are those of plain arithmetic', () => {
    const exponent = (Fp.ORDER - 5n) / 8n;
    const edges = [0n, 1n, 2n, Fp.ORDER - 1n, Fp.ORDER - 2n, 2n ** 252n, (2n ** 22n - 1n) * 2n ** 231n];
    for (const x of edges) expect(powP58(x)).toBe(Fp.pow(x, exponent));
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: Fp.ORDER - 1n }), (x) => {
        expect(powP58(x)).toBe(Fp.pow(x, exponent));
      }),
    );
  });
});
