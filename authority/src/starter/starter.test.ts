import { expect, test } from 'vitest';
import { meaningKey, normalText, parseQuestion } from '@fairground/questions';
import { starterQuestions } from './starter.ts';

const all = starterQuestions();
const english = all.filter(({ language }) => language === 'en');
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

test('[Q40] there are more than 400 starter questions in English, at least 42 in each of ten topics', () => {
  expect(english.length).toBeGreaterThan(400);
  const counts = countsOf(english);
  expect(Object.keys(counts).toSorted()).toEqual(topics);
  for (const topic of topics) expect([topic, counts[topic]! >= 42]).toEqual([topic, true]);
});

test('[Q40] at least 40 of each topic are choice or boolean, and each topic has the four other kinds that count', () => {
  const chosen = countsOf(english.filter(({ kind }) => kind === 'choice' || kind === 'boolean'));
  for (const topic of topics) {
    expect([topic, chosen[topic]! >= 40]).toEqual([topic, true]);
    const kinds = new Set(english.flatMap((question) => (question.topic === topic ? question.kind : [])));
    expect([topic, [...kinds].toSorted()]).toEqual([
      topic,
      ['boolean', 'choice', 'multi', 'number', 'order', 'text'],
    ]);
  }
});

test('[Q41] each is valid, different from all others, free, and explained in one to two sentences', () => {
  expect(new Set(all.map(meaningKey)).size).toBe(all.length);
  expect(new Set(all.map(({ text, language }) => language + normalText(text))).size).toBe(all.length);
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

test('[Q41] neither True nor False is right much more often, and no place of the right one stands out', () => {
  const share = (questions: typeof all, place: number) =>
    questions.filter(({ correct }) => correct[0] === place).length / questions.length;
  const booleans = english.filter(({ kind }) => kind === 'boolean');
  expect(booleans.length).toBeGreaterThan(30);
  expect(Math.abs(share(booleans, 0) - 0.5)).toBeLessThan(0.15);
  const choices = english.filter(({ kind }) => kind === 'choice');
  for (const place of [0, 1, 2, 3]) expect(Math.abs(share(choices, place) - 0.25)).toBeLessThan(0.08);
});

test('[Q41] no question gives its right answer away', () => {
  const given = all.filter(({ kind, text, answers, correct }) => {
    const right = normalText(answers[correct[0] ?? -1] ?? '');
    const words = ` ${normalText(text)} `;
    return (kind === 'choice' || kind === 'text') && right.length > 2 && words.includes(` ${right} `);
  });
  expect(given.map(({ text }) => text)).toEqual([]);
});

test('[Q41] no question is true only for the time being', () => {
  const fleeting = /\b(?:currently|nowadays|so far|latest|newest|most recent|record holder)\b/iu;
  expect(english.filter(({ text }) => fleeting.test(text)).map(({ text }) => text)).toEqual([]);
});
