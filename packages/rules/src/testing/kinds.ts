/** A question of each kind, and what to say to it. */
import type { Cbor } from '@fairground/ledger';
import { stateOf } from './table.ts';
import type { TriviaTable } from './evening.ts';

const common = {
  topic: 'general',
  language: 'en',
  quality: 500,
  source: { name: 'Test', licence: 'CC0-1.0' },
};

export const KIND_QUESTIONS = {
  choice: {
    ...common,
    id: 'c',
    kind: 'choice',
    text: 'Which?',
    answers: ['One', 'Two', 'Three'],
    correct: [1],
  },
  boolean: { ...common, id: 'b', kind: 'boolean', text: 'True?', answers: ['True', 'False'], correct: [0] },
  multi: {
    ...{ ...common, id: 'm', kind: 'multi', text: 'Which are even?' },
    ...{ answers: ['Two', 'Three', 'Four', 'Five', 'Six'], correct: [0, 2, 4] },
  },
  text: {
    ...{ ...common, id: 't', kind: 'text', text: 'Who wrote it?' },
    ...{ answers: ['Émile Zola', 'Zola'], correct: [0, 1] },
  },
  number: {
    ...{ ...common, id: 'n', kind: 'number', text: 'How high?', answers: [], correct: [] },
    number: { value: 8_849, decimals: 0, unit: 'm' },
  },
  order: {
    ...{ ...common, id: 'o', kind: 'order', text: 'Oldest first?' },
    ...{ answers: ['Rome', 'Bern', 'Oslo', 'Brno'], correct: [0, 1, 2, 3] },
  },
  poll: { ...common, id: 'p', kind: 'poll', text: 'Tea?', answers: ['Yes', 'No', 'Both'], correct: [] },
} as const satisfies Record<string, Cbor>;

export type TestKind = keyof typeof KIND_QUESTIONS;

/** A bank that has these, in this order. */
export function bankOf(...kinds: readonly TestKind[]): () => Cbor {
  return () => kinds.map((kind, i) => ({ ...KIND_QUESTIONS[kind], id: `${kind}-${i}` }));
}

/** What to seal for these options by name: their places as shown. */
export function placesOf(table: TriviaTable, ...names: readonly string[]): number[] {
  const { questions, current } = stateOf(table);
  const { ask, order = [] } = questions[current] ?? {};
  return names.map((name) => order.indexOf(ask?.answers.indexOf(name) ?? -1));
}

/** What is wholly right. */
export function rightSaid(table: TriviaTable): Cbor {
  const { questions, current } = stateOf(table);
  const kind = (questions[current]?.ask?.kind ?? 'choice') as TestKind;
  const { answers, correct } = KIND_QUESTIONS[kind];
  const places = placesOf(table, ...correct.map((index: number) => answers[index] ?? ''));
  if (kind === 'number') return KIND_QUESTIONS.number.number.value;
  if (kind === 'text') return 'the emile zola';
  return kind === 'multi' || kind === 'order' ? places : (places[0] ?? 0);
}
