/** What is committed of a question: what is asked, and, apart from it, what is right. Options stand in canonical (byte) order. */
import { type Cbor, compareBytes, utf8ToBytes } from '@fairground/ledger';
import { z } from 'zod';
import { uint } from '../schema.ts';
import { type Kind, kindOf } from './kinds.ts';

export const MAX_ANSWERS = 6;
const MAX_VARIANTS = 12;
/** 2^51: beyond it a difference of two would be no safe integer. */
export const MAX_ESTIMATE = 2_251_799_813_685_248;

const windowMs = z.int().min(5_000).max(120_000);
const points = z.int().min(0).max(10_000);
const language = z.string().max(35);
/** A picture by the SHA-256 of its bytes, and what it shows in words. */
const Image = z.strictObject({ hash: z.string().regex(/^[0-9a-f]{64}$/u), alt: z.string().max(300) });
/** An estimate is an integer of so many decimals. */
const Scale = z.strictObject({
  decimals: z.int().min(0).max(6),
  unit: z.string().max(16).exactOptional(),
});

export const Ask = z.strictObject({
  text: z.string(),
  /** None where people find words or numbers of their own. */
  answers: z.array(z.string()).max(MAX_ANSWERS),
  topic: z.string(),
  kind: z.string(),
  image: Image.exactOptional(),
  scale: Scale.exactOptional(),
  /** Its own time and its own most points, where it has them. */
  windowMs: windowMs.exactOptional(),
  points: points.exactOptional(),
  /** Where that is not the language of the match. */
  language: language.exactOptional(),
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
  /** In canonical order: what is right, ascending; of `order`, which comes first, second, … */
  correct: z.array(uint).max(MAX_ANSWERS),
  /** Empty when there is none. */
  explanation: z.string(),
  source: Source.strict().nullable(),
  /** Of `text`: what is taken for right, the first is shown. */
  accepted: z.array(z.string()).min(1).max(MAX_VARIANTS).exactOptional(),
  /** Of `number`, in the ask's decimals. */
  value: z.int().exactOptional(),
});
export type Answer = z.infer<typeof Answer>;

/** A question as a bank supplies it; what else it has is left out. */
const Supplied = z.object({
  id: z.string().default(''),
  topic: z.string().default(''),
  kind: z.string().default('choice'),
  text: z.string().min(1),
  answers: z.array(z.string().min(1)).max(MAX_VARIANTS),
  correct: z.array(uint),
  number: Scale.extend({ value: z.int().min(-MAX_ESTIMATE).max(MAX_ESTIMATE) }).nullish(),
  explanation: z.string().nullish(),
  source: Source.nullish(),
  image: Image.nullish(),
  windowMs: windowMs.nullish(),
  points: points.nullish(),
  language: language.nullish(),
});
type Supplied = z.infer<typeof Supplied>;

export interface Dealt {
  readonly ask: Ask;
  readonly answer: Answer;
}

/** The supplied questions that can be asked, at most `count`. What is none is left out; one in another language than the match's says so. */
export function suppliedQuestions(
  things: Cbor | undefined,
  count: number,
  spoken?: string,
): readonly Dealt[] {
  const list: readonly unknown[] = Array.isArray(things) ? things : [];
  return list
    .flatMap((thing) => {
      const parsed = Supplied.safeParse(thing);
      const dealt = parsed.success ? canonicalQuestion(parsed.data, spoken) : undefined;
      return dealt ?? [];
    })
    .slice(0, count);
}

type Parts = Pick<Ask, 'answers' | 'scale'> & Pick<Answer, 'correct' | 'accepted' | 'value'>;

function canonicalQuestion(supplied: Supplied, spoken: string | undefined): Dealt | undefined {
  const parts = partsOf(kindOf(supplied), supplied);
  if (!parts) return undefined;
  const { answers, scale, correct, accepted, value } = parts;
  const { id, topic, kind, text, explanation, source, image, windowMs: own, points: most } = supplied;
  const foreign = foreignTo(spoken, supplied.language);
  return {
    ask: {
      ...{ text, answers, topic, kind },
      ...(image ? { image } : {}),
      ...(scale ? { scale } : {}),
      ...(own ? { windowMs: own } : {}),
      ...(typeof most === 'number' ? { points: most } : {}),
      ...(foreign === undefined ? {} : { language: foreign }),
    },
    answer: {
      ...{ id, correct, explanation: explanation ?? '', source: source ?? null },
      ...(accepted ? { accepted } : {}),
      ...(value === undefined ? {} : { value }),
    },
  };
}

/** `en-GB` is no other language than `en`. */
function foreignTo(spoken: string | undefined, own: string | null | undefined): string | undefined {
  if (spoken === undefined || !own || own === spoken || own.startsWith(`${spoken}-`)) return undefined;
  return own;
}

/** Undefined for what is no question of its kind. */
function partsOf(kind: Kind, supplied: Supplied): Parts | undefined {
  switch (kind) {
    case 'text':
      return supplied.answers.length > 0
        ? { answers: [], correct: [], accepted: supplied.answers }
        : undefined;
    case 'number':
      return supplied.number ? estimateParts(supplied.number) : undefined;
    case 'choice':
    case 'boolean':
    case 'multi':
    case 'order':
    case 'poll':
      return optionParts(kind, supplied);
  }
}

function estimateParts({ value, decimals, unit }: NonNullable<Supplied['number']>): Parts {
  return {
    answers: [],
    correct: [],
    value,
    scale: { decimals, ...(unit === undefined ? {} : { unit }) },
  };
}

/** Sorted by bytes, so that the order of the options says nothing about what is right. */
function optionParts(kind: Kind, { answers, correct }: Supplied): Parts | undefined {
  const sorted = answers.toSorted((a, b) => compareBytes(utf8ToBytes(a), utf8ToBytes(b)));
  const isSound =
    sorted.length >= 2 && sorted.length <= MAX_ANSWERS && new Set(sorted).size === sorted.length;
  if (!isSound) return undefined;
  if (kind === 'poll') return { answers: sorted, correct: [] };
  const right = correct.map((index) => sorted.indexOf(answers[index] ?? ''));
  const isAmong = right.length > 0 && right.every((place) => place >= 0);
  if (!isAmong) return undefined;
  if (kind === 'order')
    return isWhole(right, sorted.length) ? { answers: sorted, correct: right } : undefined;
  return { answers: sorted, correct: [...new Set(right)].sort((a, b) => a - b) };
}

/** Every place once. */
export function isWhole(places: readonly number[], count: number): boolean {
  return places.length === count && new Set(places).size === count && places.every((one) => one < count);
}
