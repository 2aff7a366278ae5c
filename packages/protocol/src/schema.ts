/** Building blocks of the wire's schemas. */
import { type Bytes, type Cbor, base64urlToBytes, didToKey, isBytes } from '@fairground/ledger';
import { z } from 'zod';
import {
  type Cap,
  type Code,
  type Did,
  type RoomId,
  type WorldId,
  parseCap,
  parseCode,
  parseRoomId,
  parseWorldId,
} from './ids.ts';

/** Raw bytes in CBOR; `length` where it is fixed. */
export function zBytes(length?: number, max?: number) {
  return z
    .custom<Bytes>(
      (value) =>
        isBytes(value) &&
        (length === undefined || value.length === length) &&
        (max === undefined || value.length <= max),
    )
    .meta({ bytes: length ?? null, max: max ?? null });
}

/** Any canonical CBOR value; the decoder has seen to it already. */
export const zCbor = z.custom<Cbor>((value) => value !== undefined).meta({ cbor: true });

/** Bytes in JSON: base64url without padding. */
export const zBase64url = z
  .string()
  .refine((text) => base64urlToBytes(text) !== undefined)
  .meta({ base64url: true });

export const zWorldId = z
  .custom<WorldId>((value) => typeof value === 'string' && parseWorldId(value).ok)
  .meta({ id32: 'world' });
export const zRoomId = z
  .custom<RoomId>((value) => typeof value === 'string' && parseRoomId(value).ok)
  .meta({ id32: 'room' });
export const zCap = z
  .custom<Cap>((value) => typeof value === 'string' && parseCap(value).ok)
  .meta({ base64url: 16 });
export const zCode = z
  .custom<Code>((value) => typeof value === 'string' && parseCode(value).ok)
  .meta({ digits: 6 });
export const zDid = z
  .custom<Did>((value) => typeof value === 'string' && didToKey(value).ok)
  .meta({ did: 'key' });

/** A number that CBOR and JSON both hold. */
export const zUint = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** A signed pair in JSON; the ledger's `pairToJson` and `pairFromJson` make and read it. */
export const SignedJson = z.strictObject({ bytes: zBase64url, sig: zBase64url });
export type SignedJson = z.infer<typeof SignedJson>;
