/** From what an importer or an editor knows of a question to the whole of it. */
import { ok } from '@fairground/ledger';
import type { Result } from '@fairground/ledger';
import type { Estimate } from './estimate.ts';
import { answerKey } from './kinds.ts';
import type { Answered, Kind } from './kinds.ts';
import { DEFAULT_QUALITY, parseQuestion } from './question.ts';
import type { Image, Question, Source } from './question.ts';
import { questionId } from './questionId.ts';
import { refuse } from './refusal.ts';
import type { RefusalCode } from './refusal.ts';
import { cleanText, foldCase } from './text.ts';

/** What is not said here follows from it. */
export interface QuestionDraft {
  readonly topic: string;
  readonly text: string;
  readonly answers: readonly string[];
  /** None for `text` and `order` means all of them. */
  readonly correct: readonly number[];
  readonly source: Source;
  /** Left out: choice, or boolean for True and False. */
  readonly kind?: Kind;
  readonly number?: Estimate;
  readonly image?: Image;
  readonly windowMs?: number;
  readonly points?: number;
  readonly explanation?: string | null;
  readonly language?: string;
  readonly quality?: number;
}

/** Cleans the texts, finds kind and id, and refuses what the schema does not allow. True/False pairs become boolean. */
export function createQuestion(draft: QuestionDraft): Result<Question, RefusalCode> {
  const text = cleanText(draft.text);
  const explanation = cleanText(draft.explanation ?? '');
  const shaped = shapeAnswers(draft);
  if (!shaped.ok) return shaped;
  const { number, image, windowMs, points } = draft;
  const content = {
    ...shaped.value,
    text,
    ...(number === undefined ? {} : { number }),
    ...(image === undefined ? {} : { image: { ...image, alt: cleanText(image.alt) } }),
  };
  return parseQuestion({
    id: questionId(content),
    topic: draft.topic,
    ...content,
    ...(explanation === '' ? {} : { explanation }),
    source: draft.source,
    language: draft.language ?? 'en',
    quality: draft.quality ?? DEFAULT_QUALITY,
    ...(windowMs === undefined ? {} : { windowMs }),
    ...(points === undefined ? {} : { points }),
  });
}

function shapeAnswers({
  kind = 'choice',
  answers: raw,
  correct,
}: QuestionDraft): Result<Answered, RefusalCode> {
  const answers = raw.map(cleanText);
  switch (kind) {
    case 'choice':
      return ok(chosen(answers, correct));
    case 'boolean': {
      const shaped = chosen(answers, correct);
      return shaped.kind === 'boolean' ? ok(shaped) : refuse('not_boolean');
    }
    case 'multi':
      return ok({ kind, answers, correct: correct.toSorted((a, b) => a - b) });
    case 'text':
      return ok(correct.length === 0 ? everyOf(kind, withoutRepeats(answers)) : { kind, answers, correct });
    case 'order':
      return ok(correct.length === 0 ? everyOf(kind, answers) : { kind, answers, correct });
    case 'number':
    case 'poll':
      return ok({ kind, answers, correct });
  }
}

function chosen(answers: readonly string[], correct: readonly number[]): Answered {
  const folded = answers.map(foldCase);
  const truth = folded.indexOf('true');
  if (answers.length !== 2 || truth < 0 || !folded.includes('false'))
    return { kind: 'choice', answers, correct };
  const moved = correct.map((index) => (index > 1 ? index : index === truth ? 0 : 1));
  return { kind: 'boolean', answers: ['True', 'False'], correct: moved };
}

function everyOf(kind: Kind, answers: readonly string[]): Answered {
  return { kind, answers, correct: answers.map((_, index) => index) };
}

/** Of a spelling that is accepted twice the first stays. */
function withoutRepeats(answers: readonly string[]): readonly string[] {
  const keys = answers.map(answerKey);
  return answers.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}
