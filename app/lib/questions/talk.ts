/** What the page that reads questions and its worker say to each other. */
import type { ExportFormat, RefusalCode } from '@fairground/questions';

export type ToWorker =
  | { readonly ask: 'read'; readonly files: readonly GivenFile[]; readonly language: string }
  | { readonly ask: 'write'; readonly format: ExportFormat };

export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface RefusedQuestion {
  readonly file: string;
  readonly line: number;
  readonly code: RefusalCode;
}

export interface Report {
  readonly questions: number;
  readonly merged: number;
  readonly topics: readonly { readonly topic: string; readonly count: number }[];
  readonly refused: readonly RefusedQuestion[];
}

/** `leftOut` questions have no words in the format; of `poorer` ones a part is missing. */
export interface Written {
  readonly format: ExportFormat;
  readonly text: string;
  readonly leftOut: number;
  readonly poorer: number;
}

export type FromWorker =
  | { readonly say: 'progress'; readonly share: number }
  | { readonly say: 'report'; readonly report: Report }
  | { readonly say: 'written'; readonly written: Written };
