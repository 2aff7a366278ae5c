import { bytesToHex } from '@fairground/ledger';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHeirs } from './heirs.ts';

const key = (n: number) => new Uint8Array(32).fill(n);

describe('[Y160] who speaks for a key', () => {
  it('is the last of the line, and a key that nobody has inherited speaks for itself', () => {
    const heirs = createHeirs([{ key: key(1), heir: key(2) }]);
    heirs.note({ key: key(2), heir: key(3) });
    expect([1, 2, 3, 4].map((n) => heirs.heirOf(key(n))[0])).toEqual([3, 3, 3, 4]);
    expect(heirs.formerOf(key(3)).map(([n]) => n)).toEqual([1, 2]);
    expect(heirs.formerOf(key(1))).toEqual([]);
  });

  it('is found whatever lines are told, circles included', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })));
    fc.assert(
      fc.property(pairs, fc.integer({ min: 0, max: 5 }), (lines, n) => {
        const heirs = createHeirs(lines.map(([from, to]) => ({ key: key(from), heir: key(to) })));
        const heir = heirs.heirOf(key(n));
        const isFormer = heirs.formerOf(heir).some((one) => bytesToHex(one) === bytesToHex(key(n)));
        return heir.length === 32 && (isFormer || heir[0] === n);
      }),
    );
  });
});
