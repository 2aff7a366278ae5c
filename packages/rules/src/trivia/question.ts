/** What is committed of a question: what is asked, and, apart from it, what is right. Answers stand in canonical (byte) order. */
import { type Cbor, compareBytes, utf8ToBytes } from '@fairground/ledger';
import { z } from 'zod';
import { uint } from '../schema.ts';

export const MAX_ANSWERS = 6;

export const Ask = z.strictObject({
  text: z.string(),
  answers: z.array(z.string()).min(2).max(MAX_ANSWERS),
  topic: z.string(),
  kind: z.string(),
});
export type Ask = z.infer<typeof Ask>;

/** Where a question is from. */
const Source = z.object({
  name: z.string(),
  licence: z.string().exactOptional(),
  author: z.string().exactOptional(),
  url: z.string().exactOptional(),
});

export const Answer = z.strictObject({
  /** The question's id in its bank, so that votes find it. */
  id: z.string(),
  /** Ascending, in canonical order. */
  correct: z.array(uint).min(1).max(MAX_ANSWERS),
  /** Empty when there is none. */
  explanation: z.string(),
  source: Source.strict().nullable(),
});
export type Answer = z.infer<typeof Answer>;

/** A question as a bank supplies it; what else it has is left out. */
const Supplied = z.object({
  id: z.string().default(''),
  topic: z.string().default(''),
  kind: z.string().default('choice'),
  text: z.string().min(1),
  answers: z.array(z.string().min(1)).min(2).max(MAX_ANSWERS),
  correct: z.array(uint).min(1),
  explanation: z.string().nullish(),
  source: Source.nullish(),
});

export interface Dealt {
  readonly ask: Ask;
  readonly answer: Answer;
}

/** The supplied questions that can be asked, at most `count`. What is none is left out. */
export function suppliedQuestions(things: Cbor | undefined, count: number): readonly Dealt[] {
  const list: readonly unknown[] = Array.isArray(things) ? things : [];
  return list
    .flatMap((thing) => {
      const parsed = Supplied.safeParse(thing);
      const dealt = parsed.success ? canonicalQuestion(parsed.data) : undefined;
      return dealt ?? [];
    })
    .slice(0, count);
}

/** Sorted by bytes, so that the order of the answers says nothing about which is right. */
function canonicalQuestion(supplied: z.infer<typeof Supplied>): Dealt | undefined {
  const { id, topic, kind, text, answers, correct, explanation, source } = supplied;
  const sorted = answers.toSorted((a, b) => compareBytes(utf8ToBytes(a), utf8ToBytes(b)));
  const right = new Set(correct.map((index) => answers[index]));
  const places = sorted.flatMap((answer, place) => (right.has(answer) ? place : []));
  const isSound = new Set(sorted).size === sorted.length && !right.has(undefined);
  if (!isSound) return undefined;
  return {
    ask: { text, answers: sorted, topic, kind },
    answer: { id, correct: places, explanation: explanation ?? '', source: source ?? null },
  };
}
