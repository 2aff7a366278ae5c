/** What of a question each format carries: the question as it comes in again, and what was lost on the way. */
import { createQuestion } from '../createQuestion.ts';
import type { QuestionDraft } from '../createQuestion.ts';
import { UNKNOWN } from '../import/found.ts';
import { repairHomoglyphs } from '../import/homoglyphs.ts';
import { repairMojibake } from '../import/mojibake.ts';
import { OPEN_TDB } from '../import/openTdb.ts';
import { OPEN_TRIVIA_QA } from '../import/openTriviaQa.ts';
import { DEFAULT_QUALITY } from '../question.ts';
import type { Question } from '../question.ts';
import { topicLabel, topicOfLabel } from '../topics.ts';
import type { ExportFormat } from './formats.ts';

const LOSABLE = [
  'topic',
  'explanation',
  'source',
  'language',
  'quality',
  'number',
  'windowMs',
  'points',
] as const satisfies readonly (keyof Question)[];
export type Losable = (typeof LOSABLE)[number];

/** Undefined when the format cannot say the question at all: its kind, its picture, or a text that it takes for a sign. */
export function carriedBy(question: Question, format: ExportFormat): Question | undefined {
  if (format === 'jsonl') return question;
  const draft = draftIn(question, format);
  const created = draft === undefined ? undefined : createQuestion(draft);
  return created?.ok === true ? created.value : undefined;
}

/** What differs, apart from the order of answers to choose from. */
export function lostBetween(question: Question, carried: Question): readonly Losable[] {
  return LOSABLE.filter((field) => JSON.stringify(question[field]) !== JSON.stringify(carried[field]));
}

function draftIn(question: Question, format: Exclude<ExportFormat, 'jsonl'>): QuestionDraft | undefined {
  if (format === 'csv') return { ...mended(rightFirst(question)), source: firstSource(question) };
  if (question.image !== undefined) return undefined;
  switch (format) {
    case 'gift':
      return draftInGift(question);
    case 'aiken':
      if (/^ANSWER\s*:/u.test(question.text)) return undefined;
      return isChosen(question) ? bare(mended(question)) : undefined;
    case 'opentdb': {
      const topic = topicOfLabel(topicLabel(question.topic));
      return isChosen(question)
        ? { ...bare(mended(rightFirst(question))), topic, source: OPEN_TDB }
        : undefined;
    }
    case 'opentriviaqa':
      return isChosen(question)
        ? { ...bare(withTexts(mended(question), repairHomoglyphs)), source: OPEN_TRIVIA_QA }
        : undefined;
  }
}

/** A unit, and what is right in order, have no words in GIFT; answers to type with an arrow would be pairs to match. */
function draftInGift(question: Question): QuestionDraft | undefined {
  const { kind, topic, explanation, number } = question;
  const isPair = kind === 'text' && question.answers.some((answer) => answer.includes('->'));
  if (kind === 'order' || kind === 'poll' || isPair) return undefined;
  const { unit: _, ...plain } = number ?? { value: 0, decimals: 0 };
  const said = mended({ ...question, explanation: explanation ?? '' });
  return {
    ...bare(said),
    topic,
    explanation: said.explanation ?? '',
    ...(number === undefined ? {} : { number: plain }),
  };
}

function isChosen({ kind }: Question): boolean {
  return kind === 'choice' || kind === 'boolean';
}

/** With what an import puts in the place of what the file does not say. */
function bare({ kind = 'choice', text, answers, correct }: QuestionDraft): QuestionDraft {
  return { kind, text, answers, correct, topic: 'general', source: UNKNOWN, quality: DEFAULT_QUALITY };
}

/** As the readers of text lines do it. */
function mended(draft: QuestionDraft): QuestionDraft {
  const { explanation, image } = draft;
  return {
    ...withTexts(draft, repairMojibake),
    ...(explanation === undefined ? {} : { explanation: repairMojibake(explanation ?? '') }),
    ...(image === undefined ? {} : { image: { ...image, alt: repairMojibake(image.alt) } }),
  };
}

function withTexts(draft: QuestionDraft, repair: (text: string) => string): QuestionDraft {
  return { ...draft, text: repair(draft.text), answers: draft.answers.map(repair) };
}

function rightFirst(question: Question): QuestionDraft {
  const { kind, answers, correct } = question;
  if (kind !== 'choice' && kind !== 'multi') return question;
  const right = answers.filter((_, index) => correct.includes(index));
  const wrong = answers.filter((_, index) => !correct.includes(index));
  return { ...question, answers: [...right, ...wrong], correct: right.map((_, index) => index) };
}

function firstSource({ source: { also: _, ...own } }: Question) {
  return own;
}
