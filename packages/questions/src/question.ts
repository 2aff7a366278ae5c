/** A question as every room knows it: the schema, its limits, and the id that lets duplicates meet. */
import { z } from 'zod';
import { bytesToBase32, encodeCbor, ok, sha256, utf8ToBytes } from '@fairground/ledger';
import type { Cbor, Err, Result } from '@fairground/ledger';
import { isRefusalCode, refuse } from './refusal.ts';
import type { RefusalCode } from './refusal.ts';
import { cleanText, foldCase, normalText } from './text.ts';

/** Ledger entries are ≤ 8 KiB; half of one is left for what a game adds around a question. */
export const MAX_QUESTION_BYTES = 4_096;
export const DEFAULT_QUALITY = 500;
const ID_CHARS = 16;
/** Up to this length case may be the whole difference: CO is a gas, Co a metal. */
const CASE_MATTERS_CHARS = 4;

const line = (max: number, tooLong: string, empty: string) =>
  z
    .string()
    .min(1, empty)
    .max(max, tooLong)
    // Aborts, because what stands below hashes and encodes the text.
    .refine(isReadable, { error: 'text_unreadable', abort: true });
const label = line(120, 'invalid_question', 'invalid_question');

export const Topic = z
  .string()
  .max(40)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/u)
  .brand<'Topic'>();
export const QuestionId = z
  .string()
  .regex(/^[a-z2-7]{16}$/u)
  .brand<'QuestionId'>();
/** BCP 47 as far as trivia needs it: language, then script, region or variant subtags. */
export const Language = z
  .string()
  .max(35)
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u)
  .brand<'Language'>();
export const Kind = z.enum(['choice', 'boolean']);

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

export const Question = z
  .strictObject({
    id: QuestionId,
    topic: Topic,
    kind: Kind,
    text: line(700, 'text_too_long', 'text_empty'),
    answers: z
      .array(line(300, 'answer_too_long', 'answer_empty'))
      .min(2, 'too_few_answers')
      .max(6, 'too_many_answers'),
    correct: z.array(z.int().min(0)).length(1),
    explanation: line(600, 'explanation_too_long', 'invalid_question').exactOptional(),
    source: Source,
    language: Language,
    quality: z.int().min(0).max(1_000),
  })
  .refine(
    ({ correct, answers }) => correct.every((index) => index < answers.length),
    'right_answer_not_among',
  )
  .refine(({ answers }) => areDistinct(answers), 'answers_repeat')
  .refine(({ kind, answers }) => kind !== 'boolean' || isTrueFalse(answers), 'not_boolean')
  .refine((question) => question.id === questionId(question.text, question.answers), 'invalid_question')
  .refine((question) => sizeOf(question) < MAX_QUESTION_BYTES, {
    error: 'question_too_large',
    // Only what is right so far has an encoding: half a character in a topic, for one, has none.
    when: ({ issues }) => issues.length === 0,
  });

export type Topic = z.infer<typeof Topic>;
export type QuestionId = z.infer<typeof QuestionId>;
export type Language = z.infer<typeof Language>;
export type Kind = z.infer<typeof Kind>;
export type Origin = z.infer<typeof Origin>;
export type Source = z.infer<typeof Source>;
export type Question = z.infer<typeof Question>;

/** What an importer or an editor knows of a question; the rest follows from it. */
export interface QuestionDraft {
  readonly topic: string;
  readonly text: string;
  readonly answers: readonly string[];
  readonly correct: readonly number[];
  readonly source: Source;
  readonly explanation?: string | null;
  readonly language?: string;
  readonly quality?: number;
}

/** Cleans the texts, finds kind and id, and refuses what the schema does not allow. True/False pairs become boolean. */
export function createQuestion(draft: QuestionDraft): Result<Question, RefusalCode> {
  const text = cleanText(draft.text);
  const explanation = cleanText(draft.explanation ?? '');
  const shaped = shapeAnswers(draft.answers.map(cleanText), draft.correct);
  return parseQuestion({
    id: questionId(text, shaped.answers),
    topic: draft.topic,
    ...shaped,
    text,
    ...(explanation === '' ? {} : { explanation }),
    source: draft.source,
    language: draft.language ?? 'en',
    quality: draft.quality ?? DEFAULT_QUALITY,
  });
}

/** Checks a whole question that comes from outside. */
export function parseQuestion(value: unknown): Result<Question, RefusalCode> {
  const parsed = Question.safeParse(value);
  return parsed.success ? ok(parsed.data) : refuseIssue(parsed.error);
}

/** The first 16 base32 characters of SHA-256 over the normal text and the sorted normal answers. */
export function questionId(text: string, answers: readonly string[]): QuestionId {
  const sorted = answers.map(normalText).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const digest = sha256(utf8ToBytes([normalText(text), ...sorted].join('\n')));
  return bytesToBase32(digest).slice(0, ID_CHARS) as QuestionId;
}

/** Questions with one key ask the same and want the same answer, whatever else they offer to choose from. */
export function meaningKey(question: Pick<Question, 'text' | 'answers' | 'correct' | 'language'>): string {
  const right = question.correct.map((index) => normalText(question.answers[index] ?? ''));
  return [question.language, normalText(question.text), ...right].join('\n');
}

function shapeAnswers(answers: readonly string[], correct: readonly number[]) {
  const folded = answers.map(foldCase);
  const truth = folded.indexOf('true');
  if (answers.length !== 2 || truth < 0 || !folded.includes('false')) {
    return { kind: 'choice', answers: [...answers], correct: [...correct] } as const;
  }
  const moved = correct.map((index) => (index > 1 ? index : index === truth ? 0 : 1));
  return { kind: 'boolean', answers: ['True', 'False'], correct: moved };
}

/** Clean, and no character replaced by U+FFFD. */
function isReadable(text: string): boolean {
  return text === cleanText(text) && !text.includes('\ufffd');
}

function areDistinct(answers: readonly string[]): boolean {
  const keys = answers.map((answer) => (answer.length > CASE_MATTERS_CHARS ? foldCase(answer) : answer));
  return new Set(keys).size === keys.length;
}

function isTrueFalse(answers: readonly string[]): boolean {
  return answers.length === 2 && answers[0] === 'True' && answers[1] === 'False';
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
