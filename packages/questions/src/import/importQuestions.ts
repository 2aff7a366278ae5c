/** Files in, questions out, and for each that is not taken the place and the reason. */
import { createMerger } from '../merge.ts';
import type { Merger } from '../merge.ts';
import type { QuestionId } from '../names.ts';
import type { Question, Source } from '../question.ts';
import { REFUSALS, refuse } from '../refusal.ts';
import type { RefusalCode, Refused } from '../refusal.ts';
import { topicOfFile } from '../topics.ts';
import type { Err, Result } from '@fairground/ledger';
import { detectFormat, readFormat, toUtf8 } from './formats.ts';
import type { ImportFormat } from './formats.ts';
import { UNKNOWN } from './found.ts';
import type { Defaults, Found, ImportFile } from './found.ts';
import { OPEN_TRIVIA_QA } from './openTriviaQa.ts';

export const MAX_FILE_BYTES = 32 * 1_024 * 1_024;
/** Questions between two reports: under 10 ms of work, so a page that pauses at each stays smooth. */
const STEP = 64;

export interface ImportOptions {
  /** Of all files; else each is known by what it says. */
  readonly format?: ImportFormat;
  /** Of all questions; else what the question says, else what the file's name does. */
  readonly topic?: string;
  readonly language?: string;
  /** For questions that do not name theirs. */
  readonly source?: Source;
  /** Re-encodes the picture that `file` names by a file beside it, and says the SHA-256 of what is stored; without it such questions are refused. */
  readonly picture?: (file: string, name: string) => Result<string, RefusalCode>;
}

export interface ImportProgress {
  readonly file: string;
  /** Bytes of all files. */
  readonly done: number;
  readonly total: number;
}

export interface ImportResult {
  readonly questions: readonly Question[];
  readonly refused: readonly Refused[];
  /** How many were there already and only added their source. */
  readonly merged: number;
  /** Where each question was first found. */
  readonly places: ReadonlyMap<QuestionId, Place>;
}

export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** All at once. */
export function importQuestions(files: readonly ImportFile[], options: ImportOptions = {}): ImportResult {
  const steps = importInSteps(files, options);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

/** A little at a time: take the next step when the page has drawn. The result is what the generator returns. */
export function* importInSteps(
  files: readonly ImportFile[],
  options: ImportOptions = {},
): Generator<ImportProgress, ImportResult> {
  const merger = createMerger();
  const refused: Refused[] = [];
  const places = new Map<QuestionId, Place>();
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  let merged = 0;
  let before = 0;
  for (const file of files) {
    let count = 0;
    for (const found of readFile(file, options)) {
      const { question, line } = found;
      const taken = take(merger, found);
      if (taken === 'merged') merged++;
      else if (taken !== 'new') refused.push(refusedAt(file, found, taken));
      else if (question.ok) places.set(question.value.id, { file: file.name, line });
      // A file that was recoded has other places than its own bytes.
      const done = before + Math.min(found.done, file.bytes.length);
      if (++count % STEP === 0) yield { file: file.name, done, total };
    }
    if (count === 0)
      refused.push({ file: file.name, line: 1, code: 'no_questions', reason: REFUSALS.no_questions });
    before += file.bytes.length;
    yield { file: file.name, done: before, total };
  }
  return { questions: merger.questions(), refused, merged, places };
}

function take(merger: Merger, { question }: Found): 'new' | 'merged' | Err<RefusalCode> {
  if (!question.ok) return question;
  const added = merger.add(question.value);
  return added.ok ? added.value : added;
}

function refusedAt({ name }: ImportFile, { line }: Found, { code, message }: Err<RefusalCode>): Refused {
  return { file: name, line, code, reason: message ?? code };
}

function readFile({ name, bytes: raw }: ImportFile, options: ImportOptions): Iterable<Found> {
  if (raw.length > MAX_FILE_BYTES) return refuseFile('file_too_large', raw);
  const bytes = toUtf8(raw);
  const format = options.format ?? detectFormat(name, bytes);
  if (format === undefined) return refuseFile('no_questions', raw);
  return readFormat(format, bytes, defaultsFor(name, options, format));
}

function refuseFile(code: RefusalCode, { length }: Uint8Array): readonly Found[] {
  return [{ line: 1, done: length, question: refuse(code) }];
}

function defaultsFor(name: string, options: ImportOptions, format: ImportFormat): Defaults {
  const { picture } = options;
  return {
    topic: options.topic ?? topicOfFile(name),
    isTopicGiven: options.topic !== undefined,
    language: options.language ?? 'en',
    source: options.source ?? (format === 'opentriviaqa' ? OPEN_TRIVIA_QA : UNKNOWN),
    isSourceGiven: options.source !== undefined,
    ...(picture && { picture: (named: string) => picture(name, named) }),
  };
}
