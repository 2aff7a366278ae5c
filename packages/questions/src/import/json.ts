/** JSON: the objects that our export writes or the Open Trivia DB answers with, as an array, in `results`, or one a line. */
import { z } from 'zod';
import { type Err, ok, type Result } from '@fairground/ledger';
import { createQuestion } from '../createQuestion.ts';
import { Kind } from '../kinds.ts';
import { Language } from '../names.ts';
import { Source } from '../question.ts';
import type { Question } from '../question.ts';
import { REFUSALS, refuse } from '../refusal.ts';
import type { RefusalCode } from '../refusal.ts';
import { topicFor } from './found.ts';
import type { Defaults, Found } from './found.ts';
import { jsonSlices } from './jsonSlices.ts';
import { namedPicture } from './namedPicture.ts';
import { isOpenTdbResult, OPEN_TDB, openTdbQuestion } from './openTdb.ts';

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
  image: z
    .union([
      z.strictObject({ hash: z.string(), alt: z.string() }),
      z.strictObject({ file: z.string(), alt: z.string() }),
    ])
    .exactOptional(),
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
  let count = 0;
  for (const { line, end, json } of jsonSlices(text)) {
    const done = Math.floor((bytes.length * end) / text.length);
    yield { line, done, question: numbered(readQuestion(json, defaults), ++count) };
  }
}

/** A whole file may be one line: its questions are counted, too. */
function numbered(read: Result<Question, RefusalCode>, count: number): Result<Question, RefusalCode> {
  return read.ok ? read : refuse(read.code, `${detailOf(read)}Question ${count} of the file.`);
}

function detailOf({ code, message = '' }: Err<RefusalCode>): string {
  const detail = message.slice(REFUSALS[code].length).trim();
  return detail === '' ? '' : `${detail.replace(/[^.]$/u, '$&.')} `;
}

function readQuestion(json: string, defaults: Defaults): Result<Question, RefusalCode> {
  const value = parse(json);
  if (value === undefined) return refuse('invalid_json');
  if (isOpenTdbResult(value))
    return openTdbQuestion(value, defaults.isSourceGiven ? defaults : { ...defaults, source: OPEN_TDB });
  const parsed = JsonQuestion.safeParse(value);
  if (parsed.success) return questionFrom(parsed.data, defaults);
  const issue = parsed.error.issues[0];
  return refuse('invalid_question', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

function questionFrom(
  found: z.infer<typeof JsonQuestion>,
  defaults: Defaults,
): Result<Question, RefusalCode> {
  const { id: _, explanation, quality, image, ...rest } = found;
  const picture = readImage(image, defaults);
  if (!picture.ok) return picture;
  return createQuestion({
    ...rest,
    ...picture.value,
    topic: topicFor(defaults, rest.topic),
    language: rest.language ?? defaults.language,
    source: rest.source ?? defaults.source,
    ...(explanation === undefined ? {} : { explanation }),
    ...(quality === undefined ? {} : { quality }),
  });
}

/** Whatever stands as a hash is one, right or wrong. */
function readImage(
  image: z.infer<typeof JsonQuestion>['image'],
  defaults: Defaults,
): ReturnType<typeof namedPicture> {
  if (image === undefined) return ok({});
  return 'hash' in image ? ok({ image }) : namedPicture(image.file, image.alt, defaults);
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
