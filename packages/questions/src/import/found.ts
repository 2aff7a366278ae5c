/** What a reader of one format yields for each question that it meets. */
import type { Result } from '@fairground/ledger';
import type { Question, Source } from '../question.ts';
import type { RefusalCode } from '../refusal.ts';

export interface ImportFile {
  /** As it is shown and as the topic is guessed from; a path is allowed. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Found {
  /** The line on which the question begins, from 1. */
  readonly line: number;
  /** Bytes of the file that are done, this question included. */
  readonly done: number;
  readonly question: Result<Question, RefusalCode>;
}

/** What a file does not say itself. */
export interface Defaults {
  readonly topic: string;
  readonly language: string;
  readonly source: Source;
}
