import { isName } from '@fairground/rules';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeName } from './freeName.ts';
import { generateName, isGenerated } from './names.ts';

describe('[U24] a generated name', () => {
  it('is a name by the rules', () => {
    fc.assert(fc.property(fc.nat(0xffffffff), (seed) => isName(generateName(seed))));
  });
});

describe('[U245] a name that nobody chose', () => {
  it('is known as one, and a chosen one is not', () => {
    fc.assert(fc.property(fc.nat(0xffffffff), (seed) => isGenerated(generateName(seed))));
    for (const name of ['Ann', 'Lucky', 'Lucky Ann', 'Lucky Otter the 2nd', ''])
      expect(isGenerated(name)).toBe(false);
  });

  it('gives way to one that looks like nobody’s here, as the rules compare', () => {
    const made = ['LUCKY Otter', 'Lucky Otter', 'Brave Owl'];
    expect(freeName(['Lucky Otter'], () => made.shift() ?? '')).toBe('Brave Owl');
  });

  it('is tried a hundred times and no more', () => {
    let tries = 0;
    const make = () => (tries++, 'Lucky Otter');
    expect(freeName(['Lucky Otter'], make)).toBe('Lucky Otter');
    expect(tries).toBe(100);
  });
});
