import { bytesToHex, sha256, utf8ToBytes } from '@fairground/ledger';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyBank, key, question, questions, request } from './testBank.ts';

const idsOf = (drawn: readonly { readonly id: string }[]) => drawn.map(({ id }) => id);

test('[Q53] the same seed on the same bank draws the same questions in the same order, another seed others', () => {
  const [bank, twin] = [emptyBank(), emptyBank()];
  bank.add(questions(100));
  twin.add(questions(100).toReversed());
  const drawn = idsOf(bank.draw(request({ count: 10 })));
  expect(idsOf(twin.draw(request({ count: 10 })))).toEqual(drawn);
  expect(idsOf(bank.draw(request({ count: 10, seed: key(43) })))).not.toEqual(drawn);
  expect(new Set(drawn).size).toBe(10);
});

test('[Q53] a draw gives only the topics, language and kinds that were asked for, and all there are if too few', () => {
  const bank = emptyBank();
  const truth = { answers: ['True', 'False'], correct: [0] };
  bank.add([
    question(1, truth),
    question(2),
    question(3, { topic: 'food' }),
    question(4, { language: 'de' }),
  ]);
  bank.add([question(5, { language: 'en-GB' }), question(6, { language: 'eng' })]);
  const texts = (changes: Parameters<typeof request>[0]) =>
    bank
      .draw(request(changes))
      .map(({ text }) => text)
      .toSorted();
  expect(texts({})).toEqual(['What is 1?', 'What is 2?', 'What is 3?', 'What is 5?']);
  expect(texts({ topics: ['pop'] })).toEqual(['What is 1?', 'What is 2?', 'What is 5?']);
  expect(texts({ topics: ['pop', 'food'], kinds: ['choice'] })).toEqual([
    'What is 2?',
    'What is 3?',
    'What is 5?',
  ]);
  expect(texts({ language: 'de', count: 1 })).toEqual(['What is 4?']);
  expect(texts({ topics: ['nothing'] })).toEqual([]);
});

test('[Q61] kinds that a game does not play, and pictures that it cannot show, are neither drawn nor counted for it', () => {
  const bank = emptyBank();
  const webp = utf8ToBytes('RIFF....WEBP');
  bank.addPictures([webp]);
  const answers = ['One', 'Two'];
  bank.add([
    question(1),
    question(2, { kind: 'poll', correct: [] }),
    question(3, { kind: 'order', answers, correct: [] }),
    question(4, { image: { hash: bytesToHex(sha256(webp)), alt: 'A thing' } }),
  ]);
  const counted = (kinds: readonly string[], pictures: boolean) => {
    const drawn = bank.draw(request({ kinds, pictures })).map(({ text }) => text);
    expect(bank.topics({ kinds, pictures })[0]?.count ?? 0).toBe(drawn.length);
    return drawn.toSorted();
  };
  expect(counted(['choice', 'boolean'], false)).toEqual(['What is 1?']);
  expect(counted(['choice', 'poll'], true)).toEqual(['What is 1?', 'What is 2?', 'What is 4?']);
  expect(counted(['juggling'], true)).toEqual([]);
  expect(bank.topics()).toEqual([{ topic: 'pop', language: 'en', count: 4 }]);
});

test('[Q54] nobody is asked what any of the players has seen while others remain, over a whole evening', () => {
  const bank = emptyBank();
  bank.add(questions(40));
  const players = [key(1), key(2), key(3)];
  const seen = new Set<string>();
  for (let game = 0; game < 4; game++) {
    const drawn = bank.draw(
      request({ count: 10, players: players.slice(0, 1 + (game % 3)), seed: key(game) }),
    );
    for (const { id } of drawn) expect(seen.has(id)).toBe(false);
    for (const { id } of drawn) seen.add(id);
    bank.markAsked(
      [key(1)],
      drawn.map(({ id }) => id),
      1_000 * (game + 1),
    );
  }
  expect(seen.size).toBe(40);
});

test('[Q54] when all have been seen, what was seen longest ago by the last who saw it comes first', () => {
  const bank = emptyBank();
  const all = questions(4);
  bank.add(all);
  const [a, b, c, d] = idsOf(all) as (typeof all)[number]['id'][];
  bank.markAsked([key(1)], [a!, b!, c!, d!], 100);
  bank.markAsked([key(2)], [a!], 400);
  bank.markAsked([key(1)], [b!], 300);
  bank.markAsked([key(1)], [b!], 50);
  bank.markAsked([key(9)], [c!, d!], 900);
  const players = [key(1), key(2)];
  expect(idsOf(bank.draw(request({ count: 3, players }))).toSorted()).toEqual([b!, c!, d!].toSorted());
  expect(idsOf(bank.draw(request({ count: 1, players: [key(9)] })))).not.toContain(c);
});

test('[Q54] what others have seen is fresh for these players, and an unknown id is passed over', () => {
  const bank = emptyBank();
  bank.add(questions(3));
  bank.markAsked([key(1)], idsOf(questions(3)) as never, 5);
  bank.markAsked([key(2)], [question(99).id], 5);
  expect(bank.draw(request({ players: [key(2)], count: 3 }))).toHaveLength(3);
});

test('[Q55] good questions are drawn more often than bad ones, and bad ones are still drawn', () => {
  const bank = emptyBank();
  const good = questions(20, { quality: 900 });
  bank.add([...good, ...Array.from({ length: 20 }, (_, n) => question(100 + n, { quality: 100 }))]);
  const goodIds = new Set(idsOf(good));
  const drawn = Array.from({ length: 100 }, (_, n) => bank.draw(request({ seed: key(n) }))).flat();
  const share = drawn.filter(({ id }) => goodIds.has(id)).length / drawn.length;
  expect(share).toBeGreaterThan(0.8);
  expect(share).toBeLessThan(0.95);
});

test('[Q56] topics get equally many questions however many each has, and one that runs out leaves its turns to the others', () => {
  const bank = emptyBank();
  bank.add([...questions(200), question(500, { topic: 'food' }), question(501, { topic: 'food' })]);
  bank.add(Array.from({ length: 8 }, (_, n) => question(600 + n, { topic: 'words' })));
  const counts = (count: number) =>
    Object.fromEntries(
      [...Map.groupBy(bank.draw(request({ count })), ({ topic }) => topic)].map(([topic, drawn]) => [
        topic,
        drawn.length,
      ]),
    );
  expect(counts(6)).toEqual({ pop: 2, food: 2, words: 2 });
  expect(counts(12)).toEqual({ pop: 5, food: 2, words: 5 });
});

test('[Q53] a draw never repeats a question, never gives too many, and gives all that it can', () => {
  const bank = emptyBank();
  bank.add([...questions(15), ...Array.from({ length: 5 }, (_, n) => question(50 + n, { topic: 'food' }))]);
  bank.markAsked([key(1)], idsOf(questions(7)) as never, 1);
  fc.assert(
    fc.property(
      fc.nat(30),
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.boolean(),
      (count, seed, asked) => {
        const drawn = idsOf(bank.draw(request({ count, seed, players: asked ? [key(1)] : [] })));
        expect(new Set(drawn).size).toBe(Math.min(count, 20));
        expect(drawn).toHaveLength(Math.min(count, 20));
      },
    ),
  );
});
