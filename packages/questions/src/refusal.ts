/** Why a question, a block or a file is not taken, as codes that scripts may rely on. */
import { err } from '@fairground/ledger';
import type { Err } from '@fairground/ledger';

/** Every code with the sentence that a person reads. */
export const REFUSALS = {
  file_too_large: 'The file is larger than 32 MiB.',
  pack_unreadable: 'The ZIP is damaged, encrypted, or unpacked larger than 512 MiB.',
  no_questions: 'The file holds no question in a format that is known.',
  invalid_json: 'This is not valid JSON.',
  no_columns:
    'The first line must name a column "text" and a column "right", or "correct" and "answer1", "answer2" ….',
  unclosed: 'A quotation mark or a brace is opened and not closed.',
  unplayable_kind: 'No kind of question that is known can say this.',
  partly_right: 'An answer is right in part, and a question knows only right and wrong.',
  picture_missing: 'The question shows a picture that is not there.',
  picture_elsewhere: 'A picture lies beside the file that names it or in a folder below, and nowhere else.',
  picture_unreadable: 'The picture is damaged, or no JPEG, PNG or WebP.',
  picture_too_large: 'A picture has at most 16 MiB, 12,000 pixels on a side and 40 million in all.',
  picture_undrawn: 'Nothing here can draw a picture anew: OffscreenCanvas is missing.',
  stray_line: 'The line is neither a question, nor its right answer, nor a lettered answer.',
  no_right_answer: 'No answer is named as the right one.',
  several_right_answers: 'More than one answer is named as the right one.',
  right_answer_not_among: 'The right answer is not among the answers.',
  text_empty: 'The question has no text.',
  text_too_long: 'The question is longer than 700 characters.',
  text_unreadable: 'Characters were lost from the text and cannot be restored.',
  too_few_answers: 'A question needs at least two answers, one that is typed at least one.',
  too_many_answers: 'A question has at most six answers, one that is typed twelve, an estimate none.',
  answer_empty: 'An answer is empty.',
  answer_too_long: 'An answer is longer than 300 characters.',
  answers_repeat: 'Two answers are the same.',
  not_all_right: 'To type or to order, all answers of a question are right ones.',
  right_answer_not_wanted: 'A poll or an estimate has no right one among its answers.',
  not_boolean: 'A boolean question has the answers True and False.',
  explanation_too_long: 'The explanation is longer than 600 characters.',
  invalid_number: 'The number of an estimate is missing or malformed, or a question of another kind has one.',
  invalid_image:
    'A picture needs the SHA-256 of its bytes in hexadecimal and up to 200 characters of description.',
  invalid_window: 'The time of a question is 5,000 to 120,000 ms.',
  invalid_points: 'The points of a question are 0 to 10,000.',
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
