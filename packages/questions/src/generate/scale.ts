/** Questions from what has a number: which came first, put in order, which year was it. */
import type { DrawStream } from '@fairground/ledger';
import { capitalised, choice, pickSome, truth } from './template.ts';
import type { Made, Template } from './template.ts';

export interface Measured {
  readonly name: string;
  readonly value: number;
}

export interface Scale {
  readonly topic: string;
  readonly facts: readonly Measured[];
  /** Which of two has the smaller value. */
  askLess(one: string, other: string): string;
  /** That the first has the smaller value. */
  state(less: string, more: string): string;
  /** From the smallest value up; `names` in alphabetical order. */
  askOrder(names: string): string;
  /** The value itself, among values that are near. */
  askValue?(name: string): string;
  /** How far a wrong value may be from the right one, and which values make no sense at all. */
  near?(value: number): { readonly reach: number; readonly least: number; readonly most: number };
  why(facts: readonly Measured[]): string;
}

const WRONG = 3;
const ORDERED = 4;

export function scaleTemplates(scale: Scale): readonly Template[] {
  const { topic, facts, askValue } = scale;
  const pairs = (facts.length * (facts.length - 1)) / 2;
  return [
    { topic, size: pairs, make: (stream) => askWhich(scale, stream) },
    { topic, size: pairs * 2, make: (stream) => stateWhich(scale, stream) },
    { topic, size: pairs, make: (stream) => askOrder(scale, stream) },
    ...(askValue === undefined
      ? []
      : [{ topic, size: facts.length, make: (stream: DrawStream) => askForValue(scale, stream) }]),
  ];
}

function askWhich(scale: Scale, stream: DrawStream): Made | undefined {
  const drawn = someApart(scale, stream, 2);
  const [less, more] = rising(drawn);
  const [one, other] = drawn;
  if (!less || !more || !one || !other) return undefined;
  const text = scale.askLess(one.name, other.name);
  return choice(text, capitalised(less.name), [capitalised(more.name)], scale.why([less, more]));
}

function stateWhich(scale: Scale, stream: DrawStream): Made | undefined {
  const drawn = someApart(scale, stream, 2);
  const [one, other] = drawn;
  if (!one || !other) return undefined;
  return truth(scale.state(one.name, other.name), one.value < other.value, scale.why(rising(drawn)));
}

function askOrder(scale: Scale, stream: DrawStream): Made | undefined {
  const drawn = rising(someApart(scale, stream, ORDERED));
  if (drawn.length < ORDERED) return undefined;
  const names = drawn.map(({ name }) => name).sort((a, b) => (a < b ? -1 : 1));
  const text = scale.askOrder(`${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`);
  return {
    kind: 'order',
    text,
    answers: drawn.map(({ name }) => capitalised(name)),
    correct: [],
    explanation: scale.why(drawn),
  };
}

function askForValue(scale: Scale, stream: DrawStream): Made | undefined {
  const fact = stream.pick(scale.facts);
  const { reach, least, most } = scale.near?.(fact.value) ?? { reach: 0, least: 0, most: 0 };
  const near = Array.from({ length: 2 * reach + 1 }, (_, index) => fact.value - reach + index).filter(
    (value) => value !== fact.value && value >= least && value <= most,
  );
  const text = scale.askValue?.(fact.name);
  if (text === undefined || near.length < WRONG) return undefined;
  const wrong = pickSome(stream, near, WRONG).map(String);
  return choice(text, String(fact.value), wrong, scale.why([fact]));
}

/** Fewer when two of those that were drawn have the same value: nobody could say which comes first. */
function someApart({ facts }: Scale, stream: DrawStream, count: number): readonly Measured[] {
  const drawn = pickSome(stream, facts, count);
  return new Set(drawn.map(({ value }) => value)).size === count ? drawn : [];
}

function rising(facts: readonly Measured[]): readonly Measured[] {
  return facts.toSorted((a, b) => a.value - b.value);
}
