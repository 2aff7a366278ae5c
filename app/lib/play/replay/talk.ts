/** What the replay page and its worker say to each other. */
import type { VerifyReport } from '@fairground/ledger';
import type { MyResult } from '#lib/play/trivia/view.ts';

/** A file's bytes, or the address of a log that is served as tiles (`query` carries a capability). */
export type Origin =
  | { readonly kind: 'file'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'log'; readonly base: string; readonly query: string };

export type ToWorker =
  | { readonly ask: 'check'; readonly origin: Origin; readonly anchors: readonly string[] }
  /** The view after the entry at `index`, and what happened around it. */
  | { readonly ask: 'at'; readonly index: number }
  /** Where a seat's points come from, up to the entry at `index`. */
  | { readonly ask: 'scores'; readonly who: string; readonly index: number }
  /** A picture that an entry names, by its SHA-256 in hexadecimal. */
  | { readonly ask: 'picture'; readonly hash: string }
  /** That the entry at `index` is in the log, as a file. */
  | { readonly ask: 'proof'; readonly index: number };

/** An entry in a few words. */
export interface EntryNote {
  readonly index: number;
  readonly at: number;
  readonly kind: string;
  /** Of an intent: what was wanted, by whom (hex of the key), and the code if it was refused. */
  readonly intent?: string;
  readonly who?: string;
  readonly refused?: string;
  /** Of what is dealt and opened: which question. */
  readonly what?: string;
  readonly number?: number;
}

export interface Moment {
  readonly index: number;
  readonly at: number;
  readonly view: unknown;
  readonly around: readonly EntryNote[];
}

/** What a question brought to a seat. */
export interface Scored {
  readonly question: number;
  readonly text: string;
  readonly answers: readonly string[];
  /** The entry that holds the seat's answer; absent without one. */
  readonly entry?: number;
  /** The entry after which it stood resolved. */
  readonly shownAt: number;
  readonly mine: MyResult;
}

export type FromWorker =
  | {
      readonly say: 'progress';
      readonly phase: 'reading' | 'entries' | 'signatures';
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly say: 'report';
      readonly report: VerifyReport;
      readonly openedAt: number;
      readonly marks: readonly number[];
      readonly times: readonly number[];
    }
  /** It could not even be begun: no such address, no archive. */
  | { readonly say: 'unreadable'; readonly code: string }
  | { readonly say: 'picture'; readonly hash: string; readonly bytes: Uint8Array<ArrayBuffer> | undefined }
  | { readonly say: 'moment'; readonly moment: Moment }
  | { readonly say: 'scores'; readonly who: string; readonly scores: readonly Scored[] }
  | { readonly say: 'proof'; readonly index: number; readonly text: string };
