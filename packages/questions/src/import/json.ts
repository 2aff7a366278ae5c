/** Our own JSON: the objects that the export writes, as an array or one a line. */
import { z } from 'zod';
import type { Result } from '@fairground/ledger';
import { createQuestion } from '../createQuestion.ts';
import { Kind } from '../kinds.ts';
import { Language } from '../names.ts';
import { Source } from '../question.ts';
import type { Question } from '../question.ts';
import { refuse } from '../refusal.ts';
import type { RefusalCode } from '../refusal.ts';
import type { Defaults, Found } from './found.ts';
import { jsonSlices } from './jsonSlices.ts';

/** The `id` follows from the rest and is computed again: who mends a typo by hand need not know the hash. */
const JsonQuestion = z.strictObject({
  id: z.string().optional(),
  topic: z.string().optional(),
  kind: Kind.exactOptional(),
  text: z.string(),
  answers: z.array(z.string()).default([]),
  correct: z.array(z.int().min(0)).default([]),
  // Their limits are the question's, which has a code for each.
  number: z
    .strictObject({ value: z.number(), decimals: z.number(), unit: z.string().exactOptional() })
    .exactOptional(),
  image: z.strictObject({ hash: z.string(), alt: z.string() }).exactOptional(),
  windowMs: z.int().exactOptional(),
  points: z.int().exactOptional(),
  explanation: z.string().nullish(),
  source: Source.optional(),
  language: Language.optional(),
  quality: z.int().min(0).max(1_000).optional(),
});

export function* readJson(bytes: Uint8Array, defaults: Defaults): Generator<Found> {
  const text = decode(bytes);
  if (text === undefined)
    return yield { line: 1, done: bytes.length, question: refuse('invalid_json', 'It is not UTF-8.') };
  for (const { line, end, json } of jsonSlices(text)) {
    const done = Math.floor((bytes.length * end) / text.length);
    yield { line, done, question: readQuestion(json, defaults) };
  }
}

export function looksLikeJson(bytes: Uint8Array): boolean {
  return /^\ufeff?\s*[[{]/u.test(new TextDecoder().decode(bytes.subarray(0, 1_024)));
}

function readQuestion(json: string, defaults: Defaults): Result<Question, RefusalCode> {
  const parsed = JsonQuestion.safeParse(parse(json));
  if (parsed.success) return questionFrom(parsed.data, defaults);
  if (parse(json) === undefined) return refuse('invalid_json');
  const issue = parsed.error.issues[0];
  return refuse('invalid_question', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

function questionFrom(
  found: z.infer<typeof JsonQuestion>,
  defaults: Defaults,
): Result<Question, RefusalCode> {
  const { id: _, explanation, quality, ...rest } = found;
  return createQuestion({
    ...rest,
    topic: rest.topic ?? defaults.topic,
    language: rest.language ?? defaults.language,
    source: rest.source ?? defaults.source,
    ...(explanation === undefined ? {} : { explanation }),
    ...(quality === undefined ? {} : { quality }),
  });
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Undefined for what is no JSON; JSON itself has no undefined. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
