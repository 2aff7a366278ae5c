import { expect, test } from 'vitest';
import { parseQuestion } from '../question.ts';
import type { Question } from '../question.ts';
import { normalText } from '../text.ts';
import { ANIMALS } from './facts/animals.ts';
import { COUNTRIES } from './facts/countries.ts';
import { ELEMENTS } from './facts/elements.ts';
import { EVENTS } from './facts/events.ts';
import { PLANETS } from './facts/planets.ts';
import { NOVELS, STAGE_WORKS } from './facts/works.ts';
import { GENERATED_TOPICS, generateQuestions } from './generateQuestions.ts';

const COUNT = 5_000;
const questions = [...generateQuestions({ seed: 'property', count: COUNT })];

/** Whether an answer is right by the facts; undefined for a form that this judge does not know. */
type Judge = (answer: string) => boolean;
const lower = (text: string) => text.toLowerCase();
const works = [...NOVELS, ...STAGE_WORKS];

const capitalOf = (country: string) => COUNTRIES.find(({ name }) => name === country)?.capital;
const regionOf = (country: string) => COUNTRIES.find(({ name }) => name === country)?.region;
const symbolOf = (element: string) => ELEMENTS.find(({ name }) => name === element)?.symbol;
const youngOf = (animal: string) => ANIMALS.find(({ name }) => name === animal)?.young ?? [];
const isBy = (title: string, maker: string) =>
  works.some((work) => work.title === title && work.maker === maker);
const isTrue =
  (holds: boolean): Judge =>
  (answer) =>
    answer === (holds ? 'True' : 'False');

const scales: Readonly<Record<string, (name: string) => number>> = {
  number: (name) => ELEMENTS.findIndex((element) => element.name === lower(name)) + 1,
  size: (name) => PLANETS.find((planet) => planet.name === name)?.diameter ?? 0,
  orbit: (name) => PLANETS.findIndex((planet) => planet.name === name) + 1,
  year: (name) => EVENTS.find((event) => lower(event.name) === lower(name))?.year ?? 0,
};
const valueOf = (scale: string, name: string) =>
  scales[scale]?.(name) || expect.fail(`no fact about ${name}`);
const less = (scale: string, one: string, other: string) => valueOf(scale, one) < valueOf(scale, other);
const first =
  (scale: string, one: string, other: string): Judge =>
  (answer) =>
    lower(answer) === lower(less(scale, one, other) ? one : other);

/** Written anew from the words of the questions: it shares nothing with what makes them. */
const judges: readonly (readonly [RegExp, (...found: readonly string[]) => Judge])[] = [
  [
    /^What is the capital of (.+)\?$/u,
    (country = '') =>
      (answer) =>
        capitalOf(country) === answer,
  ],
  [
    /^(.+) is the capital of which country\?$/u,
    (city = '') =>
      (answer) =>
        capitalOf(answer) === city,
  ],
  [/^The capital of (.+) is (.+)\.$/u, (country = '', city) => isTrue(capitalOf(country) === city)],
  [
    /^In which part of the world is (.+)\?$/u,
    (country = '') =>
      (answer) =>
        regionOf(country) === answer,
  ],
  [
    /^In an atlas, (.+) is to be found under (.+)\.$/u,
    (country = '', region) => isTrue(regionOf(country) === region),
  ],
  [
    /^What is the chemical symbol of (.+)\?$/u,
    (element = '') =>
      (answer) =>
        symbolOf(element) === answer,
  ],
  [/^Which chemical element has the symbol (.+)\?$/u, (symbol) => (answer) => symbolOf(answer) === symbol],
  [
    /^The chemical symbol of (.+) is (.+)\.$/u,
    (element = '', symbol) => isTrue(symbolOf(element) === symbol),
  ],
  [
    /^Who (?:wrote|composed the opera) (.+)\?$/u,
    (title = '') =>
      (answer) =>
        isBy(title, answer),
  ],
  [
    /^Which of these (?:books|operas) did (.+) (?:write|compose)\?$/u,
    (maker = '') =>
      (answer) =>
        isBy(answer, maker),
  ],
  [/^(.+) is a book by (.+)\.$/u, (title = '', maker = '') => isTrue(isBy(title, maker))],
  [/^The opera (.+) is by (.+)\.$/u, (title = '', maker = '') => isTrue(isBy(title, maker))],
  [
    /^What is the young of an? (.+) called\?$/u,
    (animal = '') =>
      (answer) =>
        youngOf(animal).includes(answer),
  ],
  [
    /^The young of an? (.+) is called an? (.+)\.$/u,
    (animal = '', name = '') => isTrue(youngOf(animal).includes(name)),
  ],
  [
    /^Which has the lower atomic number, (.+) or (.+)\?$/u,
    (one = '', other = '') => first('number', one, other),
  ],
  [
    /^The atomic number of (.+) is lower than that of (.+)\.$/u,
    (one = '', other = '') => isTrue(less('number', one, other)),
  ],
  [
    /^What is the atomic number of (.+)\?$/u,
    (element = '') =>
      (answer) =>
        String(valueOf('number', element)) === answer,
  ],
  [/^Which planet is smaller, (.+) or (.+)\?$/u, (one = '', other = '') => first('size', one, other)],
  [/^The planet (.+) is smaller than (.+)\.$/u, (one = '', other = '') => isTrue(less('size', one, other))],
  [
    /^Which planet is nearer to the Sun, (.+) or (.+)\?$/u,
    (one = '', other = '') => first('orbit', one, other),
  ],
  [
    /^The planet (.+) is nearer to the Sun than (.+)\.$/u,
    (one = '', other = '') => isTrue(less('orbit', one, other)),
  ],
  [/^Which came first: (.+) or (.+)\?$/u, (one = '', other = '') => first('year', one, other)],
  [/^(.+) came before (.+)\.$/u, (one = '', other = '') => isTrue(less('year', one, other))],
  [
    /^In which year was (.+)\?$/u,
    (event = '') =>
      (answer) =>
        String(valueOf('year', event)) === answer,
  ],
];
const orders: readonly (readonly [RegExp, string])[] = [
  [/^Put these elements in the order of the periodic table: /u, 'number'],
  [/^Put these planets in the order of their size, the smallest first: /u, 'size'],
  [/^Put these planets in their order from the Sun, the nearest first: /u, 'orbit'],
  [/^Put these in order, the earliest first: /u, 'year'],
];

function judgeOf({ text }: Question): Judge {
  const [form, ...more] = judges.filter(([pattern]) => pattern.test(text));
  if (form === undefined || more.length > 0) return expect.fail(`judged by ${more.length + 1}: ${text}`);
  const [, ...found] = form[0].exec(text) ?? [];
  return form[1](...found);
}

test('[Q70] there are 5,000 of them, each valid, no two with the same text', () => {
  expect(questions).toHaveLength(COUNT);
  expect(new Set(questions.map(({ text }) => normalText(text))).size).toBe(COUNT);
  for (const question of questions) {
    const parsed = parseQuestion(question);
    if (!parsed.ok) expect.fail(`${question.text} ${parsed.message}`);
    expect(question.text.length).toBeLessThan(400);
    expect(question.explanation).toMatch(/^[\p{Lu}\p{N}].{9,}\.$/u);
  }
});

test('[Q71] of each choice the one that is marked is right by the facts, and every other one is wrong by all of them', () => {
  const chosen = questions.filter(({ kind }) => kind === 'choice' || kind === 'boolean');
  expect(chosen.length).toBeGreaterThan(3_000);
  for (const question of chosen) {
    const isRight = judgeOf(question);
    const right = question.answers.flatMap((answer, index) => (isRight(answer) ? index : []));
    if (right.join() !== question.correct.join())
      expect.fail(`${question.text} ${question.answers.join(' | ')}`);
  }
});

test('[Q71] every order is the one of the facts, without ties', () => {
  const ordered = questions.filter(({ kind }) => kind === 'order');
  expect(ordered.length).toBeGreaterThan(100);
  for (const { text, answers } of ordered) {
    const scale = orders.find(([pattern]) => pattern.test(text))?.[1] ?? expect.fail(text);
    const values = answers.map((answer) => valueOf(scale, scale === 'year' ? lower(answer) : answer));
    for (const [at, value] of values.entries())
      if (at > 0) expect(value).toBeGreaterThan(values[at - 1] ?? 0);
  }
});

test('[Q72] wrong answers are plausible: of the same continent, of the same letter, of years that are near', () => {
  const capitals = questions.filter(({ text }) => text.startsWith('What is the capital of '));
  const strangers = capitals.filter(({ answers }) => {
    const parts = answers.map((city) => COUNTRIES.find(({ capital }) => capital === city)?.region);
    return new Set(parts).size > 1;
  });
  expect(capitals.length).toBeGreaterThan(50);
  expect(strangers).toEqual([]);
  for (const { text, answers } of questions.filter(({ text: asked }) =>
    asked.startsWith('In which year was '),
  )) {
    const years = answers.map(Number);
    if (Math.max(...years) - Math.min(...years) > 120) expect.fail(text);
  }
});

test('[Q73] the seed decides: the same gives the same, another others, and a longer run begins as a shorter one', () => {
  const ids = (seed: string, count: number) => [...generateQuestions({ seed, count })].map(({ id }) => id);
  expect(ids('a', 60)).toEqual(ids('a', 60));
  expect(ids('a', 60).slice(0, 20)).toEqual(ids('a', 20));
  expect(ids('b', 60)).not.toEqual(ids('a', 60));
});

test('[Q73] topics are kept to, and facts that are used up end the run', () => {
  expect(GENERATED_TOPICS).toEqual(['geography', 'history', 'music', 'nature', 'science', 'words']);
  const nature = [...generateQuestions({ seed: 'a', count: 10_000, topics: ['nature'] })];
  expect(new Set(nature.map(({ topic }) => topic))).toEqual(new Set(['nature']));
  expect(nature.length).toBeGreaterThan(30);
  expect(nature.length).toBeLessThan(1_000);
  expect([...generateQuestions({ seed: 'a', count: 3, topics: ['chess'] })]).toEqual([]);
});

test('[Q71] the tables hold each subject once, so that no fact is there against another', () => {
  const tables = [COUNTRIES, ELEMENTS, EVENTS, PLANETS, ANIMALS].map((table) =>
    table.map(({ name }) => name),
  );
  for (const names of [...tables, works.map(({ title }) => title), COUNTRIES.map(({ capital }) => capital)])
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  expect(ELEMENTS).toHaveLength(118);
});
