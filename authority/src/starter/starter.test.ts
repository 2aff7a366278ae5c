import { hexToBytes } from '@fairground/ledger';
import { expect, test } from 'vitest';
import { DatabaseSync } from 'node:sqlite';
import { meaningKey, normalText, parseQuestion, QuestionId } from '@fairground/questions';
import { createBank } from '../bank/bank.ts';
import { readPrepared } from './prepared.ts';
import { starterOffer, starterQuestions } from './starter.ts';

const all = starterQuestions();
const topics = [
  'food',
  'geography',
  'history',
  'movies',
  'music',
  'nature',
  'pop',
  'science',
  'sports',
  'words',
];

const countsOf = (questions: typeof all) =>
  Object.fromEntries(
    [...Map.groupBy(questions, ({ topic }) => topic)].map(([topic, of]) => [topic, of.length]),
  );

const inLanguage = (wanted: string) => all.filter(({ language }) => language === wanted);

function expectEachTopic(language: string, least: number): void {
  const counts = countsOf(inLanguage(language));
  expect(inLanguage(language).length).toBeGreaterThan(400);
  expect(Object.keys(counts).toSorted()).toEqual(topics);
  for (const topic of topics) expect([topic, counts[topic]! >= least]).toEqual([topic, true]);
}

function expectEachKind(language: string, leastToChoose: number): void {
  const own = inLanguage(language);
  const chosen = countsOf(own.filter(({ kind }) => kind === 'choice' || kind === 'boolean'));
  for (const topic of topics) {
    expect([topic, chosen[topic]! >= leastToChoose]).toEqual([topic, true]);
    const kinds = new Set(own.flatMap((question) => (question.topic === topic ? question.kind : [])));
    expect([topic, [...kinds].toSorted()]).toEqual([
      topic,
      ['boolean', 'choice', 'multi', 'number', 'order', 'text'],
    ]);
  }
}

test('[Q40] there are more than 400 starter questions in English, at least 42 in each of ten topics', () =>
  expectEachTopic('en', 42));

test('[Q40] at least 40 of each topic are choice or boolean, and each topic has the four other kinds that count', () =>
  expectEachKind('en', 40));

test('[Q42] there are more than 400 starter questions in German, at least 40 in each of the same topics', () =>
  expectEachTopic('de', 40));

test('[Q42] at least 33 of each German topic are choice or boolean, and each has the four other kinds that count', () =>
  expectEachKind('de', 33));

test('[Q41] each is valid, different from all others, free, and explained in one to two sentences', () => {
  expect(new Set(all.map(meaningKey)).size).toBe(all.length);
  const asked = all.map(({ text, language, image }) => `${language}${normalText(text)}${image?.hash ?? ''}`);
  expect(new Set(asked).size).toBe(all.length);
  for (const question of all) {
    expect(parseQuestion(question)).toEqual({ ok: true, value: question });
    expect(question.source).toEqual({ name: 'Fairground', licence: 'CC0-1.0' });
    expect(question.explanation).toMatch(/^.{20,240}[.”!?]$/u);
  }
});

test('[Q41] a choice has four answers, none of them much like another', () => {
  for (const { kind, text, answers } of all) {
    if (kind !== 'choice') continue;
    expect([text, answers.length]).toEqual([text, 4]);
    expect([text, new Set(answers.map(normalText)).size]).toEqual([text, 4]);
  }
});

test.each(['en', 'de'])(
  '[Q41] in %s neither True nor False is right much more often, and neither place nor length of the right one stands out',
  (language) => {
    const share = (questions: typeof all, isSo: (question: (typeof all)[number]) => boolean) =>
      questions.filter(isSo).length / questions.length;
    const booleans = inLanguage(language).filter(({ kind }) => kind === 'boolean');
    expect(booleans.length).toBeGreaterThan(30);
    expect(Math.abs(share(booleans, ({ correct }) => correct[0] === 0) - 0.5)).toBeLessThan(0.15);
    const choices = inLanguage(language).filter(({ kind }) => kind === 'choice');
    for (const place of [0, 1, 2, 3])
      expect(Math.abs(share(choices, ({ correct }) => correct[0] === place) - 0.25)).toBeLessThan(0.08);
    expect(share(choices, isLongest)).toBeLessThan(0.35);
    expect(share(choices, isLongest)).toBeGreaterThan(0.1);
  },
);

/** The right answer is longer than each of the others. */
function isLongest({ answers, correct: [right = 0] }: (typeof all)[number]): boolean {
  return answers.every(({ length }, place) => place === right || length < (answers[right]?.length ?? 0));
}

test('[Q41] no question gives its right answer away', () => {
  const given = all.filter(({ kind, text, answers, correct }) => {
    const right = normalText(answers[correct[0] ?? -1] ?? '');
    const words = ` ${normalText(text)} `;
    return (kind === 'choice' || kind === 'text') && right.length > 2 && words.includes(` ${right} `);
  });
  expect(given.map(({ text }) => text)).toEqual([]);
});

test('[Q41] no question is true only for the time being', () => {
  const fleeting =
    /\b(?:currently|nowadays|so far|latest|newest|most recent|record holder|derzeit|zurzeit|aktuell|heutzutage|bisher|neueste[nrs]?|amtierend)/iu;
  expect(all.filter(({ text }) => fleeting.test(text)).map(({ text }) => text)).toEqual([]);
});

test('[Q43] in both languages the same pictures are asked about, each described without its answer, and a bank has them all', () => {
  const bank = createBank(new DatabaseSync(':memory:'));
  bank.takeOffer(starterOffer());
  const pictured = ['en', 'de'].map((language) => inLanguage(language).filter(({ image }) => image));
  const [english, german] = pictured.map((of) => of.map(({ image }) => image?.hash ?? '').toSorted());
  expect(english).toHaveLength(20);
  expect(german).toEqual(english);
  for (const { kind, image, answers, correct } of pictured.flat()) {
    expect([kind, answers.length]).toEqual(['choice', 4]);
    const right = normalText(answers[correct[0] ?? -1] ?? '');
    const words = ` ${normalText(image?.alt ?? '')} `;
    expect([right, right.length > 2 && words.includes(` ${right} `)]).toEqual([right, false]);
    expect(bank.hasPicture(hexToBytes(image?.hash ?? '')!)).toBe(true);
  }
  const [request, alike] = [
    { language: 'en', kinds: ['choice'], topics: [], count: 1000 },
    new Uint8Array(32),
  ];
  const drawn = (pictures: boolean) =>
    bank.draw({ ...request, pictures, players: [], seed: alike }).filter(({ image }) => image).length;
  expect([drawn(true), drawn(false)]).toEqual([20, 0]);
});

test('[Q44] what was prepared is what the files say; after a change run: node scripts/prepareStarters.ts', () => {
  const { mark } = starterOffer();
  expect(readPrepared(mark)).toEqual(all);
  expect(readPrepared(new Uint8Array(32))).toBeUndefined();
});

test('[Q78] what banks are offered names each question once, and its mark changes with the files', () => {
  const { mark, questions, withdrawn } = starterOffer();
  expect(starterOffer().mark).toEqual(mark);
  expect(mark).toHaveLength(32);
  expect(questions()).toEqual(all);
  const ids = new Set(all.map(({ id }) => id));
  expect(ids.size).toBe(all.length);
  expect(withdrawn.filter((id) => ids.has(id) || !QuestionId.safeParse(id).success)).toEqual([]);
});

test('[Q78] a bank with half of them takes the other half, and the next time nothing is read', () => {
  const bank = createBank(new DatabaseSync(':memory:'));
  const half = all.filter((_, n) => n % 2 === 0);
  bank.add(half);
  expect(bank.takeOffer(starterOffer())).toEqual({ added: all.length - half.length, retired: 0 });
  expect([...bank.questions()]).toHaveLength(all.length);
  const unread = () => {
    throw new Error('they were read');
  };
  expect(bank.takeOffer({ ...starterOffer(), questions: unread })).toEqual({ added: 0, retired: 0 });
});
