/** Something that reads what strangers wrote. */
import type { Bytes } from '@fairground/ledger';
import type { Inputs } from './inputs/inputs.ts';

export interface Target {
  readonly name: string;
  /** What is read, and what must hold of it. */
  readonly about: string;
  readonly inputs: Inputs;
  /** True if it was taken. Throws when it was taken and should not have been, or when the reader itself throws. */
  check(input: Bytes): boolean | Promise<boolean>;
}

/** An accepted input that may not be. */
export class Broken extends Error {}

export function claim(holds: boolean, message: string): asserts holds {
  if (!holds) throw new Broken(message);
}

/** What a reader of canonical bytes promises: what it takes, its writer writes the same again. */
export function claimSame(written: Bytes, input: Bytes): void {
  claim(Buffer.compare(written, input) === 0, 'a second spelling was accepted');
}

export function textOf(input: Bytes): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(input);
}

/** For readers of text: a text that is not UTF-8 is no input of theirs. */
export function claimSameText(written: string, text: string): void {
  claim(written === text, 'a second spelling was accepted');
}
