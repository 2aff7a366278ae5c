/** Pieces that the games' schemas are made of. */
import { type Bytes, isBytes, isWellFormed } from '@fairground/ledger';
import { z } from 'zod';

/** Byte strings of a fixed length. */
export const bytesOf = (length: number) =>
  z.custom<Bytes>((value) => isBytes(value) && value.length === length, `expected ${length} bytes`);

export const bytes32 = bytesOf(32);
export const bytesUpTo = (length: number) =>
  z.custom<Bytes>((value) => isBytes(value) && value.length <= length, `expected at most ${length} bytes`);

export const uint = z.int().min(0);
export const uint32 = z.int().min(0).max(0xffff_ffff);

/** Text that has UTF-8, counted in code points. */
export const textUpTo = (points: number) =>
  z
    .string()
    .max(2 * points)
    .refine(
      (text) => isWellFormed(text) && [...text].length <= points,
      `expected at most ${points} characters`,
    );
