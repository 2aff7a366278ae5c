/** What the page that reads questions and its worker say to each other. */
import type { ExportFormat, RefusalCode } from '@fairground/questions';

/** `zip` alone holds pictures, too. */
export type PackForm = ExportFormat | 'zip';

export type ToWorker =
  | { readonly ask: 'read'; readonly files: readonly GivenFile[]; readonly language: string }
  | { readonly ask: 'write'; readonly format: PackForm };

export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface RefusedQuestion {
  readonly file: string;
  readonly line: number;
  readonly code: RefusalCode;
  /** The picture that it is about. */
  readonly picture?: string;
}

/** A question with its picture, as others will see it. */
export interface Pictured {
  readonly text: string;
  readonly alt: string;
  readonly language: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Report {
  readonly questions: number;
  readonly merged: number;
  readonly topics: readonly { readonly topic: string; readonly count: number }[];
  readonly refused: readonly RefusedQuestion[];
  /** How many questions show a picture, and the first of them. */
  readonly pictured: number;
  readonly shown: readonly Pictured[];
  /** Pictures that were handed in and that no question names. */
  readonly unnamed: number;
}

/** `leftOut` questions have no words in the format; of `poorer` ones a part is missing, of `unpictured` ones the picture. */
export interface Written {
  readonly format: PackForm;
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly leftOut: number;
  readonly poorer: number;
  readonly unpictured: number;
}

export type FromWorker =
  | { readonly say: 'progress'; readonly share: number }
  | { readonly say: 'report'; readonly report: Report }
  | { readonly say: 'written'; readonly written: Written };
