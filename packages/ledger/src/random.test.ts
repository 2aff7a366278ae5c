import { createHmac, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes } from './bytes.ts';
import { encodeCbor } from './cbor.ts';
import { dealCommit } from './commitment.ts';
import { hex } from './formatsVectors.ts';
import { bytesToHex } from './hex.ts';
import { drawBlock, drawStream, randCommit, seedFrom, shuffled } from './random.ts';
import { sha256 } from './sha256.ts';

const fill = (byte: number) => new Uint8Array(32).fill(byte);
const seed = fill(0x2a);
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('shares', () => {
  it('[L60] a commit is over nonce, owner and secret', () => {
    const commit = randCommit(fill(1), fill(2), fill(3));
    expect(bytesToHex(commit)).toBe(
      bytesToHex(sha256(encodeCbor(['rand-commit/v1', fill(1), fill(2), fill(3)]))),
    );
    expect(() => randCommit(fill(1), fill(2), hex('00'))).toThrow(RangeError);
  });

  it('[L61] the seed is HKDF of the secrets, salted with the world and the commits', () => {
    const shares = { world: fill(1), secretsInKeyOrder: [fill(2), fill(3)], commits: [fill(4), fill(5)] };
    const salt = sha256(encodeCbor(['rand-seed/v1', fill(1), fill(4), fill(5)]));
    const expected = hkdfSync('sha256', concatBytes(fill(2), fill(3)), salt, 'seed/v1', 32);
    expect(bytesToHex(seedFrom(shares))).toBe(bytesToHex(new Uint8Array(expected)));
    const others = [
      { ...shares, world: fill(9) },
      { ...shares, secretsInKeyOrder: [fill(3), fill(2)] },
      { ...shares, commits: [fill(5), fill(4)] },
      { ...shares, secretsInKeyOrder: [fill(2), fill(9)] },
    ].map((other) => bytesToHex(seedFrom(other)));
    expect(new Set([...others, bytesToHex(seedFrom(shares))]).size).toBe(5);
  });

  it('[L61] a draw without a share, or with a commit too many, throws', () => {
    expect(() => seedFrom({ world: fill(1), secretsInKeyOrder: [], commits: [] })).toThrow(RangeError);
    expect(() =>
      seedFrom({ world: fill(1), secretsInKeyOrder: [fill(1)], commits: [fill(1), fill(2)] }),
    ).toThrow(RangeError);
  });
});

describe('draws', () => {
  it('[L62] block 0 and the shuffle of 0..9 are those of the formats', () => {
    expect(bytesToHex(drawBlock(seed, 'deck', 0))).toBe(
      '92382bbed2b30ba3e35664f343467b2304b4905a44d51214ee8dfbda9caaa2fc',
    );
    expect(shuffled(seed, 'deck', 10)).toEqual([9, 1, 7, 2, 8, 4, 6, 3, 5, 0]);
  });

  it('[L62] a label with a NUL, which could pass for another block, throws', () => {
    expect(() => drawBlock(seed, 'deck\0', 0)).toThrow(RangeError);
  });

  it('[L63] every draw is the first word that does not favour small results', () => {
    fc.assert(
      fc.property(
        bytes32,
        fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 2 ** 30, max: 2 ** 32 })),
        (any, n) => {
          const stream = drawStream(any, 'x');
          const words = allWords(any, 'x', 40);
          for (let i = 0; i < 5; i++) {
            const before = stream.position;
            const drawn = stream.below(n);
            const used = words.slice(before, stream.position);
            const limit = Math.floor(2 ** 32 / n) * n;
            expect(used.map((word) => word < limit)).toEqual([...Array(used.length - 1).fill(false), true]);
            expect(drawn).toBe((used.at(-1) ?? 0) % n);
          }
        },
      ),
    );
  });

  it('[L63] a word that would favour small results does occur, and is left out', () => {
    const n = 2 ** 31 + 1; // half of all words are past the limit
    const stream = drawStream(seed, 'half');
    for (let i = 0; i < 20; i++) expect(stream.below(n)).toBeLessThan(n);
    expect(stream.position).toBeGreaterThan(25);
  });

  it('[L63] a shuffle is a permutation, and pick one of the items', () => {
    fc.assert(
      fc.property(bytes32, fc.nat(60), (any, n) => {
        const order = shuffled(any, 'deck', n);
        expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
    const items = ['a', 'b', 'c'];
    expect(drawStream(seed, 'p').pick(items)).toBe(items[drawStream(seed, 'p').below(3)]);
    expect(() => drawStream(seed, 'p').pick([])).toThrow(RangeError);
  });

  it('[L63] the six orders of three are drawn about equally often', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = shuffled(seed, `three/${i}`, 3).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // Five standard deviations of a binomial(6000, 1/6).
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(145);
  });

  it.each([0, -1, 1.5, 2 ** 32 + 1, Number.NaN])('[L63] below(%s) throws', (n) => {
    expect(() => drawStream(seed, 'x').below(n)).toThrow(RangeError);
  });

  it('[L64] a stream goes on from a position as if it had never stopped', () => {
    fc.assert(
      fc.property(
        bytes32,
        fc.array(fc.integer({ min: 1, max: 1000 }), { maxLength: 30 }),
        fc.nat(30),
        (any, ns, cut) => {
          const whole = drawStream(any, 'x');
          const drawn = ns.map((n) => whole.below(n));
          const first = drawStream(any, 'x');
          const head = ns.slice(0, cut).map((n) => first.below(n));
          const second = drawStream(any, 'x', first.position);
          expect([...head, ...ns.slice(cut).map((n) => second.below(n))]).toEqual(drawn);
        },
      ),
    );
  });

  it('[L64] two labels give two streams', () => {
    expect(shuffled(seed, 'deck', 20)).not.toEqual(shuffled(seed, 'dack', 20));
  });
});

describe('deals', () => {
  it('[L65] a deal’s commit is over world, kind, index, nonce and value', () => {
    const deal = { world: fill(1), what: 'ask', index: 4, nonce: fill(2), value: { text: 'Why?' } };
    const expected = sha256(encodeCbor(['deal/v1', fill(1), 'ask', 4, fill(2), { text: 'Why?' }]));
    expect(bytesToHex(dealCommit(deal))).toBe(bytesToHex(expected));
    expect(() => dealCommit({ ...deal, nonce: hex('00') })).toThrow(RangeError);
    expect(() => dealCommit({ ...deal, world: hex('00') })).toThrow(RangeError);
  });
});

/** The words of the stream by Node's HMAC, independently of the source. */
function allWords(key: Uint8Array, label: string, count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(i / 8)));
    return createHmac('sha256', key)
      .update(`${label}\0`)
      .update(counter)
      .digest()
      .readUInt32BE(4 * (i % 8));
  });
}
