/** Where a target's inputs come from: made anew in the shape that it reads, or bent from one that was worth keeping. */
import type { Bytes } from '@fairground/ledger';
import type { Random } from '../random.ts';

export interface Inputs {
  /** What is right, or nearly: the search begins here. */
  readonly seeds: readonly Bytes[];
  /** A fresh one in the shape, or nearly. */
  make(random: Random): Bytes;
  /** `others` are inputs to splice with. */
  bend(input: Bytes, random: Random, others: readonly Bytes[]): Bytes;
}
