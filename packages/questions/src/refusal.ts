/** Why a question, a block or a file is not taken, as codes that scripts may rely on. */
import { err } from '@fairground/ledger';
import type { Err } from '@fairground/ledger';

/** Every code with the sentence that a person reads. */
export const REFUSALS = {
  file_too_large: 'The file is larger than 32 MiB.',
  no_questions: 'The file holds no question in a format that is known.',
  invalid_json: 'This is not valid JSON.',
  stray_line: 'The line is neither a question, nor its right answer, nor a lettered answer.',
  no_right_answer: 'The block names no right answer.',
  several_right_answers: 'The block names more than one right answer.',
  right_answer_not_among: 'The right answer is not among the answers.',
  text_empty: 'The question has no text.',
  text_too_long: 'The question is longer than 700 characters.',
  text_unreadable: 'Characters were lost from the text and cannot be restored.',
  too_few_answers: 'A question needs at least two answers.',
  too_many_answers: 'A question has at most six answers.',
  answer_empty: 'An answer is empty.',
  answer_too_long: 'An answer is longer than 300 characters.',
  answers_repeat: 'Two answers are the same.',
  not_boolean: 'A boolean question has the answers True and False.',
  explanation_too_long: 'The explanation is longer than 600 characters.',
  question_too_large: 'The question does not fit a ledger entry: it is larger than 4 KiB.',
  contradiction: 'The same question with the same answers is there already, with another right answer.',
  invalid_question: 'A field is missing, unknown or malformed.',
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** A refusal with the place where it was found; `line` counts from 1, whatever the line ends are. */
export interface Refused {
  readonly file: string;
  readonly line: number;
  readonly code: RefusalCode;
  readonly reason: string;
}

/** A failed result whose message is the code's sentence, and the detail if there is one. */
export function refuse<Code extends RefusalCode>(code: Code, detail?: string): Err<Code> {
  return err(code, detail === undefined ? REFUSALS[code] : `${REFUSALS[code]} ${detail}`);
}

export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(REFUSALS, code);
}
