/** Questions from what belongs to what: a country and its capital, a novel and who wrote it. */
import type { DrawStream } from '@fairground/ledger';
import { choice, givesAway, pickSome, truth } from './template.ts';
import type { Made, Template } from './template.ts';

export interface Fact {
  readonly subject: string;
  /** All that is right of the subject; the first is asked for. None of them may ever stand for something wrong. */
  readonly values: readonly string[];
  /** Facts of one group are plausible for each other. */
  readonly group: string;
}

export interface Relation {
  readonly topic: string;
  readonly facts: readonly Fact[];
  ask(subject: string): string;
  /** The other way round, for facts whose value belongs to few subjects. */
  askBack?(value: string): string;
  state(subject: string, value: string): string;
  why(subject: string, value: string): string;
}

const WRONG = 3;

export function relationTemplates(relation: Relation): readonly Template[] {
  const { topic, facts, askBack } = relation;
  const size = facts.length;
  return [
    { topic, size, make: (stream) => askValue(relation, stream) },
    { topic, size: size * WRONG, make: (stream) => stateValue(relation, stream) },
    ...(askBack === undefined
      ? []
      : [{ topic, size, make: (stream: DrawStream) => askSubject(relation, stream) }]),
  ];
}

function askValue(relation: Relation, stream: DrawStream): Made | undefined {
  const fact = stream.pick(relation.facts);
  const right = valueOf(fact);
  const others = relation.facts.filter((other) => !fact.values.includes(valueOf(other)));
  const wrong = plausible(stream, fact, others, valueOf);
  const text = relation.ask(fact.subject);
  if (wrong.length < WRONG || givesAway(text, right)) return undefined;
  return choice(text, right, wrong, relation.why(fact.subject, right));
}

/** Another subject of the same value is no wrong answer. */
function askSubject(relation: Relation, stream: DrawStream): Made | undefined {
  const fact = stream.pick(relation.facts);
  const value = valueOf(fact);
  const others = relation.facts.filter((other) => !other.values.includes(value));
  const wrong = plausible(stream, fact, others, ({ subject }) => subject);
  const text = relation.askBack?.(value);
  if (text === undefined || wrong.length < WRONG || givesAway(text, fact.subject)) return undefined;
  return choice(text, fact.subject, wrong, relation.why(fact.subject, value));
}

function stateValue(relation: Relation, stream: DrawStream): Made | undefined {
  const fact = stream.pick(relation.facts);
  const [right, isTrue] = [valueOf(fact), stream.below(2) === 0];
  const others = relation.facts.filter((other) => !fact.values.includes(valueOf(other)));
  const [wrong] = plausible(stream, fact, others, valueOf);
  const said = isTrue ? right : wrong;
  if (said === undefined || givesAway(fact.subject, right)) return undefined;
  return truth(relation.state(fact.subject, said), isTrue, relation.why(fact.subject, right));
}

/** Of the fact's own group first, each text once. */
function plausible(
  stream: DrawStream,
  { group }: Fact,
  others: readonly Fact[],
  read: (fact: Fact) => string,
): readonly string[] {
  const near = [...new Set(others.filter((other) => other.group === group).map(read))];
  const far = [...new Set(others.map(read))].filter((text) => !near.includes(text));
  const picked = pickSome(stream, near, WRONG);
  return [...picked, ...pickSome(stream, far, WRONG - picked.length)];
}

function valueOf({ values }: Fact): string {
  return values[0] ?? '';
}
