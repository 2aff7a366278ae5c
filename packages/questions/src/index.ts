/** The questions room: what a question is, how it comes in, how it goes out. It runs in browsers, too. */
export * from './names.ts';
export * from './question.ts';
export { Kind, KINDS } from './kinds.ts';
export { Estimate, formatEstimate, parseEstimate } from './estimate.ts';
export { createQuestion, type QuestionDraft } from './createQuestion.ts';
export { meaningKey, questionId } from './questionId.ts';
export { REFUSALS, refuse, type RefusalCode, type Refused } from './refusal.ts';
export { cleanText, normalText } from './text.ts';
export { topicLabel, topicOfFile, TOPICS } from './topics.ts';
export { mergeQuestions } from './merge.ts';
export type { ImportFile } from './import/found.ts';
export * from './import/importQuestions.ts';
export { IMPORT_FORMATS, type ImportFormat } from './import/formats.ts';
export { OPEN_TRIVIA_QA } from './import/openTriviaQa.ts';
export * from './export.ts';
export * from './export/formats.ts';
export { csvLine } from './export/csv.ts';
export * from './generate/generateQuestions.ts';
