import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faceFromSeed } from './face.ts';
import { generateArt } from './generateArt.ts';
import { slugToTitle, topicLook } from './topicLook.ts';
import { TOPIC_ART } from './topicArt.ts';

describe('[U23] a face', () => {
  it('follows from its number and is never of one colour', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), (seed) => {
        const face = faceFromSeed(seed);
        expect(face).toEqual(faceFromSeed(seed));
        expect(face.skin).not.toBe(face.ground);
      }),
    );
  });

  it('differs between neighbouring numbers', () => {
    const faces = new Set(Array.from({ length: 64 }, (_, seed) => JSON.stringify(faceFromSeed(seed))));
    expect(faces.size).toBeGreaterThan(50);
  });
});

describe('[U26] a topic', () => {
  it('always has the same poster, also when nobody knows it', () => {
    fc.assert(
      fc.property(fc.string(), (slug) => {
        const look = topicLook(slug);
        expect(look).toEqual(topicLook(slug));
        expect(look.art ? TOPIC_ART[look.art] : generateArt(slug)).toContain('<');
      }),
    );
  });

  it('that nobody has drawn gets a poster from its letters: the same each time, without a letter of them', () => {
    fc.assert(
      fc.property(fc.string(), (slug) => {
        const art = generateArt(slug);
        expect(art).toBe(generateArt(slug));
        expect(art).toMatch(/^(?:<\/?(?:path|circle|rect|g)[a-z0-9 ="().,\-A-Z#/]*>)+$/u);
        expect(art).not.toMatch(/NaN|undefined/u);
      }),
    );
    const posters = new Set(Array.from({ length: 60 }, (_, i) => generateArt(`topic-${i}`)));
    expect(posters.size).toBe(60);
  });

  it('is spelt out when it has no name', () => expect(slugToTitle('british-bakes')).toBe('British bakes'));
});
