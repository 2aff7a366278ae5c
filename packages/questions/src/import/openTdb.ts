/** Answers of the Open Trivia DB's API, in each of its encodings: HTML (its default), url3986 and the older +, base64, plain. */
import { z } from 'zod';
import { base64ToBytes, bytesToUtf8 } from '@fairground/ledger';
import type { Result } from '@fairground/ledger';
import { createQuestion } from '../createQuestion.ts';
import type { Question, Source } from '../question.ts';
import { refuse } from '../refusal.ts';
import type { RefusalCode } from '../refusal.ts';
import { topicOfLabel } from '../topics.ts';
import { topicFor } from './found.ts';
import type { Defaults } from './found.ts';
import { decodeReferences } from './htmlText.ts';
import { repairMojibake } from './mojibake.ts';

export const OPEN_TDB: Source = {
  name: 'Open Trivia Database',
  licence: 'CC BY-SA 4.0',
  url: 'https://opentdb.com/',
};

const ApiResult = z.object({
  type: z.string(),
  category: z.string().optional(),
  question: z.string(),
  correct_answer: z.string(),
  incorrect_answers: z.array(z.string()),
});

type Decode = (text: string) => string | undefined;

/** A result of the API is known by the two names that nobody else uses. */
export function isOpenTdbResult(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'correct_answer' in value && 'incorrect_answers' in value
  );
}

export function openTdbQuestion(value: unknown, defaults: Defaults): Result<Question, RefusalCode> {
  const parsed = ApiResult.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuse('invalid_question', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const { type, category, question, correct_answer, incorrect_answers } = parsed.data;
  const decode = encodingOf(type, question);
  const fields = [type, category ?? '', question, correct_answer, ...incorrect_answers].map(decode);
  if (fields.includes(undefined)) return refuse('text_unreadable');
  const [kind, label = '', text = '', ...answers] = fields.map((field = '') => repairMojibake(field));
  const topic = topicFor(defaults, label.trim() === '' ? undefined : topicOfLabel(label));
  const created = createQuestion({ ...defaults, topic, text, answers, correct: [0] });
  return created.ok && kind === 'boolean' && created.value.kind !== 'boolean'
    ? refuse('not_boolean')
    : created;
}

/** The type is one of two words, so base64 shows in it. What is percent-encoded has no space and a percent sign or a plus. */
function encodingOf(type: string, question: string): Decode {
  if (type === 'bXVsdGlwbGU=' || type === 'Ym9vbGVhbg==') return fromBase64;
  if (/^[\w\-.~%+*!'()]+$/u.test(question) && /%[0-9a-f]{2}|\+/iu.test(question)) return fromPercent;
  return decodeReferences;
}

function fromBase64(text: string): string | undefined {
  const bytes = base64ToBytes(text);
  return bytes === undefined ? undefined : bytesToUtf8(bytes);
}

function fromPercent(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
