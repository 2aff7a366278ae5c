import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawStream } from '@fairground/ledger';
import { expectedShare, isCruel, shareWanted, stepOf } from './difficulty.ts';
import { type Candidate, pickQuestions } from './pick.ts';
import { emptyBank, key, question, questions, request } from './testBank.ts';

const { fromEntries } = Object;

describe('[Q74] what is expected of a question', () => {
  test('is middling without answers, moves little with few and is their share with many', () => {
    expect(expectedShare({ answered: 0, hits: 0 })).toBe(600);
    expect(expectedShare({ answered: 1, hits: 0 })).toBe(533);
    expect(expectedShare({ answered: 8, hits: 8 })).toBe(800);
    expect(expectedShare({ answered: 10_000, hits: 2_500 })).toBe(250);
  });

  test('is an integer of a thousand that a right answer never lowers and a wrong one never raises', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (hits, misses) => {
        const share = expectedShare({ answered: hits + misses, hits });
        expect(Number.isInteger(share) && share >= 0 && share <= 1000).toBe(true);
        expect(expectedShare({ answered: hits + misses + 1, hits: hits + 1 })).toBeGreaterThanOrEqual(share);
        expect(expectedShare({ answered: hits + misses + 1, hits })).toBeLessThanOrEqual(share);
      }),
    );
  });

  test('is counted once a match, and of questions that are there', () => {
    const bank = emptyBank();
    const all = questions(2);
    bank.add(all);
    const [easy, hard] = all.map(({ id }) => id);
    const fared = [
      { id: easy!, answered: 30, hits: 30 },
      { id: hard!, answered: 30, hits: 0 },
      { id: question(99).id, answered: 3, hits: 3 },
    ];
    bank.noteFared(key(1), fared);
    const drawn = () => bank.draw(request({ count: 2 })).map(({ id }) => id);
    expect(drawn()).toEqual([easy, hard]);
    // Three matches of the opposite turn it round; the first, told again and again, does not turn it back.
    const turned = fared.map((one) => ({ ...one, hits: one.answered - one.hits }));
    for (const world of [key(2), key(3), key(4)]) bank.noteFared(world, turned);
    for (let again = 0; again < 5; again++) bank.noteFared(key(1), fared);
    expect(drawn()).toEqual([hard, easy]);
  });
});

const candidate = fc.record({
  topic: fc.constantFrom('food', 'music', 'pop'),
  quality: fc.nat(1000),
  share: fc.nat(1000),
  seen: fc.option(fc.nat(9), { nil: undefined }),
  own: fc.boolean(),
});
const candidates = fc
  .array(candidate, { maxLength: 60 })
  .map((all) => all.map((one, n): Candidate => ({ ...one, id: `q${n}` })));
const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });
const pick = (all: readonly Candidate[], count: number, seed: Uint8Array) =>
  pickQuestions(all, count, drawStream(seed, 'bank'));

describe('[Q75] a match rises', () => {
  test('whatever there is to choose from: no easier step after a harder one, none twice, as many as there are', () => {
    fc.assert(
      fc.property(candidates, fc.nat(30), seeds, (all, count, seed) => {
        const chosen = pick(all, count, seed);
        const steps = chosen.map(({ share }) => stepOf(share));
        expect(steps).toEqual(steps.toSorted((a, b) => b - a));
        expect(new Set(chosen.map(({ id }) => id)).size).toBe(Math.min(count, all.length));
        expect(chosen).toHaveLength(Math.min(count, all.length));
        expect(pick(all, count, seed)).toEqual(chosen);
      }),
    );
  });

  test('from easy to hard and not to cruel, where the bank has all of it', () => {
    const shares = Array.from({ length: 300 }, (_, n) => (n * 7) % 1000);
    const all = shares.map((share, n): Candidate => ({
      ...{ id: `q${n}`, topic: n % 2 ? 'pop' : 'food', quality: 500, seen: undefined, own: true },
      share,
    }));
    const mean = (some: readonly number[]) => some.reduce((sum, one) => sum + one, 0) / some.length;
    const matches = Array.from({ length: 80 }, (_, n) => pick(all, 5 + (n % 16), key(n)));
    const sharesOf = matches.map((chosen) => chosen.map(({ share }) => share));
    for (const chosen of sharesOf) {
      expect(mean(chosen.slice(0, 2)) - mean(chosen.slice(-2))).toBeGreaterThan(150);
      expect(chosen.filter(isCruel)).toEqual([]);
    }
    expect(mean(sharesOf.map(([first = 0]) => first))).toBeGreaterThan(800);
    expect(mean(sharesOf.map((chosen) => chosen.at(-1) ?? 0))).toBeLessThan(450);
  });

  test('evenly from 850 to 400, and one alone is middling', () => {
    expect([0, 1, 2, 3].map((place) => shareWanted(place, 4))).toEqual([850, 700, 550, 400]);
    expect(shareWanted(0, 1)).toBe(600);
  });

  test('topics still come alike, and where all is unknown they take turns', () => {
    const bank = emptyBank();
    bank.add([
      ...questions(60),
      ...Array.from({ length: 60 }, (_, n) => question(100 + n, { topic: 'food' })),
    ]);
    const drawn = bank.draw(request({ count: 10 })).map(({ topic }) => topic);
    expect(fromEntries(Map.groupBy(drawn, (one) => one))).toMatchObject({
      pop: Array(5).fill('pop') as string[],
      food: Array(5).fill('food') as string[],
    });
    for (const [place, topic] of drawn.entries()) expect(drawn[place + 1]).not.toBe(topic);
  });
});

test('[Q76] what hardly anybody gets right comes only when nothing else that is fresh is left, and before what was seen', () => {
  fc.assert(
    fc.property(candidates, fc.nat(30), seeds, (all, count, seed) => {
      const mine = all.filter(({ own }) => own);
      const chosen = new Set(pick(mine, count, seed).map(({ id }) => id));
      const isFresh = ({ seen }: Candidate) => seen === undefined;
      const leftOut = mine.filter(({ id }) => !chosen.has(id));
      const isIn = (wanted: (one: Candidate) => boolean) =>
        mine.some((one) => chosen.has(one.id) && wanted(one));
      if (isIn((one) => isFresh(one) && isCruel(one.share)))
        expect(leftOut.filter((one) => isFresh(one) && !isCruel(one.share))).toEqual([]);
      if (isIn((one) => !isFresh(one))) expect(leftOut.filter(isFresh)).toEqual([]);
    }),
  );
});

describe('[Q77] a language of which there is too little', () => {
  const bank = emptyBank();
  const german = Array.from({ length: 4 }, (_, n) => question(n, { language: 'de' }));
  bank.add([...german, ...Array.from({ length: 20 }, (_, n) => question(50 + n))]);
  bank.add(Array.from({ length: 9 }, (_, n) => question(80 + n, { language: 'fr' })));
  const languages = (count: number, language: string) =>
    bank.draw(request({ count, language })).map((one) => one.language);

  test('comes first, whole, and English stands in for what is missing', () => {
    expect(languages(4, 'de')).toEqual(['de', 'de', 'de', 'de']);
    const mixed = languages(10, 'de');
    expect(mixed.filter((one) => one === 'de')).toHaveLength(4);
    expect(mixed.filter((one) => one === 'en')).toHaveLength(6);
    expect(new Set(languages(12, 'it'))).toEqual(new Set(['en']));
  });

  test('is asked again before English stands in', () => {
    const seen = bank.draw(request({ count: 3, language: 'de' }));
    bank.markAsked(
      [key(7)],
      seen.map(({ id }) => id),
      1,
    );
    const drawn = bank.draw(request({ count: 4, language: 'de', players: [key(7)] }));
    expect(drawn.map(({ language }) => language)).toEqual(['de', 'de', 'de', 'de']);
  });

  test('a topic that was asked for and has none in it is asked in English all the same', () => {
    const room = emptyBank();
    room.add(Array.from({ length: 20 }, (_, n) => question(n, { topic: 'food', language: 'de' })));
    room.add(Array.from({ length: 20 }, (_, n) => question(50 + n, { topic: 'opera' })));
    room.add(Array.from({ length: 20 }, (_, n) => question(80 + n, { topic: 'food' })));
    const drawn = room.draw(request({ count: 10, language: 'de', topics: ['food', 'opera'] }));
    expect(drawn.map(({ topic, language }) => `${topic} ${language}`).toSorted()).toEqual([
      ...Array<string>(5).fill('food de'),
      ...Array<string>(5).fill('opera en'),
    ]);
    const any = room.draw(request({ count: 10, language: 'de', topics: [] }));
    expect(new Set(any.map(({ language }) => language))).toEqual(new Set(['de']));
  });

  test('never stands in for English', () => expect(new Set(languages(40, 'en'))).toEqual(new Set(['en'])));
});
