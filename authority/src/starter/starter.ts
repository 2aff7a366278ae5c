/** Questions of our own, in the public domain (CC0): what a fresh installation can play. Lies beside this file, and is read when a bank begins or has not had all of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bytes, bytesToHex, concatBytes, ok, sha256, utf8ToBytes } from '@fairground/ledger';
import {
  type ImportFile,
  importQuestions,
  type Question,
  type QuestionId,
  refuse,
  type Source,
} from '@fairground/questions';
import type { Offer } from '../bank/offer.ts';
import { readPrepared } from './prepared.ts';

const SOURCE: Source = { name: 'Fairground', licence: 'CC0-1.0' };
/** Checked by hand, so better than what nobody has judged yet. */
const QUALITY = 650;

/** A folder for each language, a file for each topic. */
const LANGUAGES = ['en', 'de'] as const;
/** The ids of those that earlier versions had and this one has not: a fact has aged, or an answer was not the only one. */
const WITHDRAWN_FILE = 'withdrawn.txt';
/** Drawn by `scripts/starterPictures.ts`, in the form in which a bank keeps them; the same for every language. */
const PICTURES = 'pictures';

/** What a bank is offered. Its questions are parsed only when a bank has not had all of them. */
export function starterOffer(): Offer {
  const withdrawn = readWithdrawn();
  const parts = LANGUAGES.flatMap((language) =>
    filesIn(language).flatMap(({ name, bytes }) => [utf8ToBytes(`${language}/${name}\n`), sha256(bytes)]),
  );
  const pictures = filesIn(PICTURES);
  const shown = pictures.map(({ bytes }) => sha256(bytes));
  const mark = sha256(concatBytes(...parts, ...shown, utf8ToBytes(withdrawn.join('\n'))));
  const questions = () => readPrepared(mark) ?? starterQuestions();
  return { mark, questions, pictures: pictures.map(({ bytes }) => bytes), withdrawn };
}

/** Throws if one of ours is malformed: that is a bug. */
export function starterQuestions(): readonly Question[] {
  const hashes = new Map(filesIn(PICTURES).map(({ name, bytes }) => [name, bytesToHex(sha256(bytes))]));
  return LANGUAGES.flatMap((language) => questionsIn(language, hashes));
}

function questionsIn(language: string, hashes: ReadonlyMap<string, string>): readonly Question[] {
  const { questions, refused, merged } = importQuestions(filesIn(language), {
    ...{ language, source: SOURCE },
    picture(_, name) {
      const hash = hashes.get(name);
      return hash === undefined ? refuse('picture_missing', `(${name})`) : ok(hash);
    },
  });
  const [bad] = refused;
  if (bad !== undefined) throw new Error(`${bad.file}:${bad.line} ${bad.reason}`);
  if (merged > 0) throw new Error(`${merged} questions in ${language} are there twice`);
  return questions.map(finish);
}

function filesIn(name: string): readonly (ImportFile & { readonly bytes: Bytes })[] {
  const folder = join(import.meta.dirname, name);
  return readdirSync(folder)
    .toSorted()
    .map((file) => ({ name: file, bytes: new Uint8Array(readFileSync(join(folder, file))) }));
}

function readWithdrawn(): readonly QuestionId[] {
  const lines = readFileSync(join(import.meta.dirname, WITHDRAWN_FILE), 'utf8').split('\n');
  return lines.filter(
    (line) => line !== '' && !line.startsWith('#'),
  ) as readonly string[] as readonly QuestionId[];
}

/** In alphabetical order, so that the place of an answer says nothing. The id is the same: it knows no order. */
function finish(question: Question): Question {
  const sorts = question.kind === 'choice' || question.kind === 'multi' || question.kind === 'poll';
  if (!sorts) return { ...question, quality: QUALITY };
  const answers = question.answers.toSorted(byCodeUnit);
  const places = question.correct.map((index) => answers.indexOf(question.answers[index] ?? ''));
  return { ...question, answers, correct: places.sort((a, b) => a - b), quality: QUALITY };
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
