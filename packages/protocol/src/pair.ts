/** `[bytes, signature]` in canonical CBOR: how everything signed travels. */
import { type Bytes, type Result, decodeCbor, encodeCbor, err, isBytes, ok } from '@fairground/ledger';
import type { Signed } from './schema.ts';

export function encodePair({ bytes, sig }: Signed): Bytes {
  return encodeCbor([bytes, sig]);
}

/** Says nothing about the signature but its length. */
export function decodePair(input: Bytes): Result<Signed, 'pair_malformed'> {
  const decoded = decodeCbor(input);
  if (!decoded.ok) return err('pair_malformed', decoded.code);
  return toPair(decoded.value);
}

/** The same for a value that is decoded already. */
export function toPair(value: unknown): Result<Signed, 'pair_malformed'> {
  if (!Array.isArray(value) || value.length !== 2) return err('pair_malformed');
  const bytes: unknown = value[0];
  const sig: unknown = value[1];
  return isBytes(bytes) && isBytes(sig) && sig.length === 64 ? ok({ bytes, sig }) : err('pair_malformed');
}
