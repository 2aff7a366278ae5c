import { isName } from '@fairground/rules';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { generateName } from './names.ts';

describe('[U24] a generated name', () => {
  it('is a name by the rules', () => {
    fc.assert(fc.property(fc.nat(0xffffffff), (seed) => isName(generateName(seed))));
  });
});
