import type { Cbor } from '@fairground/ledger';
import {
  answer,
  createEvening,
  playerOf,
  seat,
  secretOf,
  send,
  stateOf,
  wait,
} from '@fairground/rules/testing';
import { beforeAll, describe, expect, it } from 'vitest';

const OPTIONS = 4;
const TABLES = 8;
const PER_TABLE = 50;
/** Chi-square with three degrees of freedom is above this by chance once in 10,000 times; the seeds are fixed, so it is never by chance. */
const CRITICAL = 21.11;

type Bank = (seed: string, index: number) => readonly string[];

/** The right answer is always the first of these, as lists of questions have it. */
const banks: readonly (readonly [name: string, bank: Bank])[] = [
  ['whose texts say nothing', (seed, index) => options().map((n) => textOf(seed, `${index}/${n}`))],
  ['whose right answer sorts first', (_seed, index) => options().map((n) => `${'ABCD'[n]} of ${index}`)],
];

describe.each(banks)('a bank %s', (name, bank) => {
  const shown: number[] = [];
  const canonical: number[] = [];
  beforeAll(() => {
    for (let table = 0; table < TABLES; table++) playEvening(`order ${table}`, bank, shown, canonical);
  });

  it('[X7][T11] shows the right answer in every place equally often', () => {
    expect(shown).toHaveLength(TABLES * PER_TABLE);
    expect(chiSquare(shown)).toBeLessThan(CRITICAL);
  });

  it('[X7][T10] commits in an order that comes from the texts alone', () => {
    if (name.includes('first')) expect(new Set(canonical)).toEqual(new Set([0]));
    else expect(chiSquare(canonical)).toBeLessThan(CRITICAL);
  });

  it('[X7] shows it without regard to the place before', () => {
    const steps = shown.slice(1).map((place, i) => (place - (shown[i] ?? 0) + OPTIONS) % OPTIONS);
    expect(chiSquare(steps)).toBeLessThan(CRITICAL);
  });
});

describe('the measure', () => {
  it('[X7] finds a place that is only a little more likely', () => {
    const places = Array.from({ length: TABLES * PER_TABLE }, (_, i) => (i % 5 === 0 ? 2 : i % OPTIONS));
    expect(chiSquare(places)).toBeGreaterThan(CRITICAL);
  });
});

/** All questions, one player; adds where the right answer stood in each. */
function playEvening(seed: string, bank: Bank, shown: number[], canonical: number[]): void {
  const config = { questions: PER_TABLE };
  const supply = (): Cbor => Array.from({ length: PER_TABLE }, (_, i) => questionOf(seed, i, bank));
  const table = createEvening({ seed, config, supply });
  const host = playerOf(table, 'host');
  seat(table, 'host');
  send(table, host, 'start');
  for (let index = 0; index < PER_TABLE; index++) {
    wait(table, 100);
    answer(table, host, 0);
    wait(table, 100);
    const { order, answer: right } = stateOf(table).questions[index] ?? {};
    const place = right?.correct[0];
    if (!order || place === undefined) throw new Error(`question ${index} of ${seed} was not revealed`);
    canonical.push(place);
    shown.push(order.indexOf(place));
    send(table, host, 'next');
  }
}

function questionOf(seed: string, index: number, bank: Bank): Cbor {
  return {
    ...{ id: `q${index}`, topic: 'general', kind: 'choice', text: `Question ${index}?`, explanation: '' },
    ...{ answers: [...bank(seed, index)], correct: [0], language: 'en', quality: 500 },
    source: { name: 'Test', licence: 'CC0-1.0' },
  };
}

function options(): readonly number[] {
  return Array.from({ length: OPTIONS }, (_, n) => n);
}

function textOf(seed: string, label: string): string {
  return Buffer.from(secretOf(seed, `text/${label}`)).toString('hex');
}

function chiSquare(places: readonly number[]): number {
  const expected = places.length / OPTIONS;
  return options().reduce((sum, place) => {
    const seen = places.filter((one) => one === place).length;
    return sum + (seen - expected) ** 2 / expected;
  }, 0);
}
