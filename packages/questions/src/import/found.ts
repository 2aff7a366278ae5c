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
  /** The caller named the topic: it is the one of all questions. */
  readonly isTopicGiven: boolean;
  readonly language: string;
  readonly source: Source;
  /** The caller named it: a format has another one of its own otherwise. */
  readonly isSourceGiven: boolean;
  /** The hash of a picture that the file names by a file of its own. */
  readonly picture?: (name: string) => Result<string, RefusalCode>;
}

/** Of questions whose file does not say it and has no source of its own. */
export const UNKNOWN: Source = { name: 'unknown', licence: 'unknown' };

/** `own` is what the question says of its topic, if anything. */
export function topicFor({ topic, isTopicGiven }: Defaults, own: string | undefined): string {
  return isTopicGiven || own === undefined ? topic : own;
}
