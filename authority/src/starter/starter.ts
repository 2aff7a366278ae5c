/** Questions of our own, in the public domain (CC0): what a fresh installation can play. Lies beside this file, and is read when a bank begins. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createQuestion, importQuestions, type Question, type Source } from '@fairground/questions';

const SOURCE: Source = { name: 'Fairground', licence: 'CC0-1.0' };
/** Checked by hand, so better than what nobody has judged yet. */
const QUALITY = 650;

/** A folder for each language, a file for each topic. */
const LANGUAGES = ['en'] as const;

/** Throws if one of ours is malformed: that is a bug. */
export function starterQuestions(): readonly Question[] {
  return LANGUAGES.flatMap(questionsIn);
}

function questionsIn(language: string): readonly Question[] {
  const folder = join(import.meta.dirname, language);
  const files = readdirSync(folder)
    .toSorted()
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
  const { questions, refused, merged } = importQuestions(files, { language, source: SOURCE });
  const [bad] = refused;
  if (bad !== undefined) throw new Error(`${bad.file}:${bad.line} ${bad.reason}`);
  if (merged > 0) throw new Error(`${merged} questions in ${folder} are there twice`);
  return questions.map(finish);
}

/** In alphabetical order, so that the place of an answer says nothing. */
function finish(question: Question): Question {
  const sorts = question.kind === 'choice' || question.kind === 'multi' || question.kind === 'poll';
  const answers = sorts ? question.answers.toSorted(byCodeUnit) : question.answers;
  const correct = question.correct.map((index) => answers.indexOf(question.answers[index] ?? ''));
  const made = createQuestion({ ...question, answers, correct, quality: QUALITY });
  if (!made.ok) throw new Error(`${question.text} ${made.message ?? made.code}`);
  return made.value;
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
