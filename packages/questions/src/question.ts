/** A question as every room knows it: the schema and its limits. */
import { z } from 'zod';
import { encodeCbor, ok } from '@fairground/ledger';
import type { Cbor, Err, Result } from '@fairground/ledger';
import { Estimate } from './estimate.ts';
import { answersRefusal, Kind } from './kinds.ts';
import { Language, QuestionId, Topic } from './names.ts';
import { questionId } from './questionId.ts';
import { isRefusalCode, refuse } from './refusal.ts';
import type { RefusalCode } from './refusal.ts';
import { cleanText } from './text.ts';

/** Ledger entries are ≤ 8 KiB; half of one is left for what a game adds around a question. */
export const MAX_QUESTION_BYTES = 4_096;
export const DEFAULT_QUALITY = 500;

const line = (max: number, tooLong: string, empty: string) =>
  z
    .string()
    .min(1, empty)
    .max(max, tooLong)
    // Aborts, because what stands below hashes and encodes the text.
    .refine(isReadable, { error: 'text_unreadable', abort: true });
const label = line(120, 'invalid_question', 'invalid_question');

export const Origin = z.strictObject({
  name: label,
  licence: label,
  author: label.exactOptional(),
  url: z
    .url({ protocol: /^https?$/u })
    .max(300)
    .exactOptional(),
});
/** Where a question is from; `also` names the other sources that had the same one. */
export const Source = Origin.extend({ also: z.array(Origin).min(1).max(7).exactOptional() });

/** A picture by the SHA-256 of its stored bytes, and what it shows in words. */
export const Image = z.strictObject({
  hash: z.string().regex(/^[0-9a-f]{64}$/u, 'invalid_image'),
  alt: line(200, 'invalid_image', 'invalid_image'),
});

export const Question = z
  .strictObject({
    id: QuestionId,
    topic: Topic,
    kind: Kind,
    text: line(700, 'text_too_long', 'text_empty'),
    answers: z.array(line(300, 'answer_too_long', 'answer_empty')),
    /** Indices into `answers`, ascending. */
    correct: z.array(z.int().min(0)),
    number: Estimate.exactOptional(),
    image: Image.exactOptional(),
    explanation: line(600, 'explanation_too_long', 'invalid_question').exactOptional(),
    source: Source,
    language: Language,
    quality: z.int().min(0).max(1_000),
    /** How long it is open, if it wants another time than its match. */
    windowMs: z.int().min(5_000, 'invalid_window').max(120_000, 'invalid_window').exactOptional(),
    /** The most that it can bring, if that is other than its match's. */
    points: z.int().min(0, 'invalid_points').max(10_000, 'invalid_points').exactOptional(),
  })
  .superRefine((question, context) => {
    const message = answersRefusal(question);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  })
  .refine(({ kind, number }) => (kind === 'number') === (number !== undefined), 'invalid_number')
  .refine((question) => question.id === questionId(question), 'invalid_question')
  .refine((question) => sizeOf(question) < MAX_QUESTION_BYTES, {
    error: 'question_too_large',
    // Only what is right so far has an encoding: half a character in a topic, for one, has none.
    when: ({ issues }) => issues.length === 0,
  });

export type Origin = z.infer<typeof Origin>;
export type Source = z.infer<typeof Source>;
export type Image = z.infer<typeof Image>;
export type Question = z.infer<typeof Question>;

/** Checks a whole question that comes from outside. */
export function parseQuestion(value: unknown): Result<Question, RefusalCode> {
  const parsed = Question.safeParse(value);
  return parsed.success ? ok(parsed.data) : refuseIssue(parsed.error);
}

/** Clean, and no character replaced by U+FFFD. */
function isReadable(text: string): boolean {
  return text === cleanText(text) && !text.includes('\ufffd');
}

function sizeOf(question: Cbor): number {
  return encodeCbor(question).length;
}

function refuseIssue({ issues }: z.ZodError): Err<RefusalCode> {
  const issue = issues[0];
  if (issue !== undefined && isRefusalCode(issue.message)) return refuse(issue.message);
  const place = issue?.path.join('.') ?? '';
  return refuse('invalid_question', place === '' ? issue?.message : `${place}: ${issue?.message}`);
}
