/** One evening at its different moments, with every kind of question. */
export * from './examples.ts';
export * from './kindExamples.ts';
export * from './faultExamples.ts';
