/** What people write into a room's document: `[bytes, sig]`, where the bytes name the key that has signed them. */
import {
  type Bytes,
  type Result,
  decodeCbor,
  decodePair,
  err,
  ok,
  parsePublicKey,
  verifyPair,
} from '@fairground/ledger';
import type { z } from 'zod';

export interface WordKind<T, Code extends string> {
  /** Under which it is signed. */
  readonly kind: string;
  readonly schema: z.ZodType<T>;
  /** Bytes of the whole pair. */
  readonly max: number;
  readonly malformed: Code;
}

/** Checked: size, form, signature. What it is about is the caller's to compare. */
export async function openSignedWord<T extends { readonly key: Bytes }, Code extends string>(
  input: Bytes,
  { kind, schema, max, malformed }: WordKind<T, Code>,
): Promise<Result<T, Code | 'signature_invalid'>> {
  if (input.length > max) return err(malformed);
  const pair = decodePair(input);
  if (!pair.ok) return err(malformed, pair.message);
  const decoded = decodeCbor(pair.value.bytes);
  const word = schema.safeParse(decoded.ok ? decoded.value : undefined);
  if (!word.success) return err(malformed);
  const key = parsePublicKey(word.data.key);
  if (!key.ok) return err('signature_invalid', key.code);
  return (await verifyPair(kind, key.value, pair.value)) ? ok(word.data) : err('signature_invalid');
}
