/** The fact packages as templates: which facts belong together, and in what words they are asked for. */
import { ANIMALS } from './facts/animals.ts';
import { COUNTRIES } from './facts/countries.ts';
import { ELEMENTS } from './facts/elements.ts';
import { EVENTS } from './facts/events.ts';
import { PLANETS } from './facts/planets.ts';
import { NOVELS, STAGE_WORKS } from './facts/works.ts';
import type { Work } from './facts/works.ts';
import { relationTemplates } from './relation.ts';
import type { Fact } from './relation.ts';
import { scaleTemplates } from './scale.ts';
import type { Measured } from './scale.ts';
import { capitalised } from './template.ts';
import type { Template } from './template.ts';

const capitals = relationTemplates({
  topic: 'geography',
  facts: COUNTRIES.map(({ name, capital, region }) => ({ subject: name, values: [capital], group: region })),
  ask: (country) => `What is the capital of ${country}?`,
  askBack: (capital) => `${capital} is the capital of which country?`,
  state: (country, capital) => `The capital of ${country} is ${capital}.`,
  why: (country, capital) => `${capital} is the capital of ${country}.`,
});

const regions = relationTemplates({
  topic: 'geography',
  facts: COUNTRIES.map(({ name, region }) => ({ subject: name, values: [region], group: '' })),
  ask: (country) => `In which part of the world is ${country}?`,
  state: (country, region) => `In an atlas, ${country} is to be found under ${region}.`,
  why: (country, region) => `${capitalised(country)} belongs to ${region}.`,
});

const symbols = relationTemplates({
  topic: 'science',
  facts: ELEMENTS.map(({ name, symbol }) => ({ subject: name, values: [symbol], group: symbol.charAt(0) })),
  ask: (element) => `What is the chemical symbol of ${element}?`,
  askBack: (symbol) => `Which chemical element has the symbol ${symbol}?`,
  state: (element, symbol) => `The chemical symbol of ${element} is ${symbol}.`,
  why: (element, symbol) => `${symbol} is the symbol of ${element}.`,
});

const numbers = scaleTemplates({
  topic: 'science',
  facts: ELEMENTS.map(({ name, number }) => ({ name, value: number })),
  askLess: (one, other) => `Which has the lower atomic number, ${one} or ${other}?`,
  state: (less, more) => `The atomic number of ${less} is lower than that of ${more}.`,
  askOrder: (names) => `Put these elements in the order of the periodic table: ${names}.`,
  askValue: (element) => `What is the atomic number of ${element}?`,
  near: () => ({ reach: 8, least: 1, most: ELEMENTS.length }),
  why: (facts) => `${capitalised(listed(facts, ({ name, value }) => `${name} is element ${value}`))}.`,
});

const sizes = scaleTemplates({
  topic: 'science',
  facts: PLANETS.map(({ name, diameter }) => ({ name, value: diameter })),
  askLess: (one, other) => `Which planet is smaller, ${one} or ${other}?`,
  state: (less, more) => `The planet ${less} is smaller than ${more}.`,
  askOrder: (names) => `Put these planets in the order of their size, the smallest first: ${names}.`,
  why: (facts) =>
    `At the equator, ${listed(facts, ({ name, value }) => `${name} measures about ${value.toLocaleString('en-US')} km`)}.`,
});

const orbits = scaleTemplates({
  topic: 'science',
  facts: PLANETS.map(({ name }, index) => ({ name, value: index + 1 })),
  askLess: (one, other) => `Which planet is nearer to the Sun, ${one} or ${other}?`,
  state: (less, more) => `The planet ${less} is nearer to the Sun than ${more}.`,
  askOrder: (names) => `Put these planets in their order from the Sun, the nearest first: ${names}.`,
  why: (facts) =>
    `Counted from the Sun, ${listed(facts, ({ name, value }) => `${name} is number ${value}`)}.`,
});

const years = scaleTemplates({
  topic: 'history',
  facts: EVENTS.map(({ name, year }) => ({ name, value: year })),
  askLess: (one, other) => `Which came first: ${one} or ${other}?`,
  state: (less, more) => `${capitalised(less)} came before ${more}.`,
  askOrder: (names) => `Put these in order, the earliest first: ${names}.`,
  askValue: (event) => `In which year was ${event}?`,
  // The longer ago, the farther apart are the years to choose from.
  near: (year) => ({ reach: 6 + Math.floor((2_020 - year) / 20), least: 1_000, most: 2_020 }),
  why: (facts) => `${capitalised(listed(facts, ({ name, value }) => `${name} was in ${value}`))}.`,
});

const novels = relationTemplates({
  topic: 'words',
  facts: worksOf(NOVELS),
  ask: (title) => `Who wrote ${title}?`,
  askBack: (author) => `Which of these books did ${author} write?`,
  state: (title, author) => `${title} is a book by ${author}.`,
  why: (title, author) => `${author} wrote ${title}.`,
});

const operas = relationTemplates({
  topic: 'music',
  facts: worksOf(STAGE_WORKS),
  ask: (title) => `Who composed the opera ${title}?`,
  askBack: (composer) => `Which of these operas did ${composer} compose?`,
  state: (title, composer) => `The opera ${title} is by ${composer}.`,
  why: (title, composer) => `${composer} composed ${title}.`,
});

const young = relationTemplates({
  topic: 'nature',
  facts: ANIMALS.map(({ name, young: values }) => ({
    subject: `${article(name)} ${name}`,
    values,
    group: '',
  })),
  ask: (animal) => `What is the young of ${animal} called?`,
  state: (animal, name) => `The young of ${animal} is called ${article(name)} ${name}.`,
  why: (animal, name) => `The young of ${animal} is called ${article(name)} ${name}.`,
});

export const TEMPLATES: readonly Template[] = [
  ...[capitals, regions, symbols, numbers, sizes, orbits],
  ...[years, novels, operas, young],
].flat();

function worksOf(works: readonly Work[]): readonly Fact[] {
  return works.map(({ title, maker }) => ({ subject: title, values: [maker], group: '' }));
}

function listed(facts: readonly Measured[], say: (fact: Measured) => string): string {
  const said = facts.map(say);
  return said.length < 2 ? said.join('') : `${said.slice(0, -1).join(', ')} and ${said.at(-1) ?? ''}`;
}

function article(name: string): string {
  return /^[aeiou]/u.test(name) ? 'an' : 'a';
}
