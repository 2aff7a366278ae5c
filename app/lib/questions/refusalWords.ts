/** Why a question was not taken, in words for people. */
import type { RefusalCode } from '@fairground/questions';
import { m } from '#lib/paraglide/messages.js';

const WORDS: Readonly<Record<RefusalCode, () => string>> = {
  file_too_large: m.unread_file_too_large,
  pack_unreadable: m.unread_pack_unreadable,
  no_questions: m.unread_no_questions,
  invalid_json: m.unread_invalid_json,
  no_columns: m.unread_no_columns,
  unclosed: m.unread_unclosed,
  unplayable_kind: m.unread_unplayable_kind,
  partly_right: m.unread_partly_right,
  picture_missing: m.unread_picture_missing,
  picture_elsewhere: m.unread_picture_elsewhere,
  picture_unreadable: m.unread_picture_unreadable,
  picture_too_large: m.unread_picture_too_large,
  picture_undrawn: m.unread_picture_undrawn,
  stray_line: m.unread_stray_line,
  no_right_answer: m.unread_no_right_answer,
  several_right_answers: m.unread_several_right_answers,
  right_answer_not_among: m.unread_right_answer_not_among,
  text_empty: m.unread_text_empty,
  text_too_long: m.unread_text_too_long,
  text_unreadable: m.unread_text_unreadable,
  too_few_answers: m.unread_too_few_answers,
  too_many_answers: m.unread_too_many_answers,
  answer_empty: m.unread_answer_empty,
  answer_too_long: m.unread_answer_too_long,
  answers_repeat: m.unread_answers_repeat,
  not_all_right: m.unread_not_all_right,
  right_answer_not_wanted: m.unread_right_answer_not_wanted,
  not_boolean: m.unread_not_boolean,
  explanation_too_long: m.unread_explanation_too_long,
  invalid_number: m.unread_invalid_number,
  invalid_image: m.unread_invalid_image,
  invalid_window: m.unread_invalid_window,
  invalid_points: m.unread_invalid_points,
  question_too_large: m.unread_question_too_large,
  contradiction: m.unread_contradiction,
  invalid_question: m.unread_invalid_question,
};

export function refusalWords(code: RefusalCode): string {
  return WORDS[code]();
}
