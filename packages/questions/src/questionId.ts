/** By what questions are told apart: the id that their content gives them, and the key of what they ask and want. */
import { bytesToBase32, sha256, utf8ToBytes } from '@fairground/ledger';
import { estimateKey } from './estimate.ts';
import type { Estimate } from './estimate.ts';
import type { Kind } from './kinds.ts';
import type { QuestionId } from './names.ts';
import { normalText } from './text.ts';

const ID_CHARS = 16;

export interface Identified {
  readonly kind: Kind;
  readonly text: string;
  readonly answers: readonly string[];
  readonly number?: Estimate;
  readonly image?: { readonly hash: string };
}

/**
 * The first 16 base32 characters of SHA-256 over, a line each: the kind unless it is choice or boolean, the normal text,
 * the sorted normal answers (of `text` the first one alone), the unit of a number, the hash of a picture.
 */
export function questionId(question: Identified): QuestionId {
  const { kind, text, answers, number } = question;
  const offered = kind === 'text' ? answers.slice(0, 1) : answers;
  const sorted = offered.map(normalText).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const unit = number?.unit === undefined ? [] : [`unit:${number.unit}`];
  const lines = [...kindMark(kind), normalText(text), ...sorted, ...unit, ...imageMark(question)];
  return bytesToBase32(sha256(utf8ToBytes(lines.join('\n')))).slice(0, ID_CHARS) as QuestionId;
}

/** Questions with one key ask the same and want the same answer, whatever else they offer to choose from. */
export function meaningKey(
  question: Identified & { readonly correct: readonly number[]; readonly language: string },
): string {
  const { language, kind, text } = question;
  return [language, ...kindMark(kind), normalText(text), ...wanted(question), ...imageMark(question)].join(
    '\n',
  );
}

/** What a good answer says. A poll has none, so what it offers makes the difference. */
function wanted({
  kind,
  answers,
  correct,
  number,
}: Identified & { readonly correct: readonly number[] }): readonly string[] {
  switch (kind) {
    case 'number':
      return number === undefined ? [] : [estimateKey(number), `unit:${number.unit ?? ''}`];
    case 'text':
      return answers.slice(0, 1).map(normalText);
    case 'poll':
      return answers.map(normalText).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    case 'multi':
      return correct
        .map((index) => normalText(answers[index] ?? ''))
        .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    case 'choice':
    case 'boolean':
    case 'order':
      return correct.map((index) => normalText(answers[index] ?? ''));
  }
}

/** No normal text has a colon in a word, so no question without a mark looks like one that has it. */
function kindMark(kind: Kind): readonly string[] {
  return kind === 'choice' || kind === 'boolean' ? [] : [`kind:${kind}`];
}

function imageMark({ image }: Identified): readonly string[] {
  return image === undefined ? [] : [`image:${image.hash}`];
}
