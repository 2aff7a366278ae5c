/** What a key wants done, chained to what it wanted before: one chain per (world, key), so the last signature covers them all. */
import type { Bytes } from './bytes.ts';
import { decodeCbor, encodeCbor } from './cbor.ts';
import type { Signer } from './ed25519.ts';
import type { IntentParts } from './intentParts.ts';
import { readIntent } from './intentRead.ts';
import { type Result, err, ok } from './result.ts';
import { sha256 } from './sha256.ts';
import { bytesOf, isCode, isMap, isUint, literal, shape } from './shape.ts';
import { type SignedPair, signPair } from './signedPair.ts';

export type { IntentParts };

interface WireIntent extends IntentParts {
  readonly v: 1;
}

export interface SignedIntent extends SignedPair {
  readonly hash: Bytes;
}

export type IntentRefusal =
  | 'intent_too_large'
  | 'intent_malformed'
  | 'intent_not_canonical'
  | 'intent_shape'
  | 'intent_body_kind';

/** Leaves room for the rest of its entry within `MAX_ENTRY_BYTES`. */
export const MAX_INTENT_BYTES = 7680;

export const noIntent: Bytes = new Uint8Array(32);

const isIntent = shape<WireIntent>({
  v: literal(1),
  world: bytesOf(32),
  key: bytesOf(32),
  seq: isUint,
  prev: bytesOf(32),
  kind: isCode,
  body: isMap,
});

export function makeIntent({ world, key, seq, prev, kind, body }: IntentParts): Uint8Array<ArrayBuffer> {
  return encodeCbor({ v: 1, world, key, seq, prev, kind, body });
}

/** The intent without its body: what a seal inside that body is bound to (its AAD). */
export function intentHeader({
  world,
  key,
  seq,
  prev,
  kind,
}: Omit<IntentParts, 'body'>): Uint8Array<ArrayBuffer> {
  return encodeCbor({ v: 1, world, key, seq, prev, kind });
}

export function intentHash(bytes: Bytes): Uint8Array<ArrayBuffer> {
  return sha256(bytes);
}

/** Form only: chain, signature and rules come after. A `kind` inside the body is refused, since the rules see the body with the intent's. */
export function parseIntent(bytes: Bytes): Result<IntentParts, IntentRefusal> {
  if (bytes.length > MAX_INTENT_BYTES) return err('intent_too_large');
  const short = readIntent(bytes);
  if (!short) return parseAnyIntent(bytes);
  return Object.hasOwn(short.body, 'kind') ? err('intent_body_kind') : ok(short);
}

/** The long way, for every refusal. */
export function parseAnyIntent(bytes: Bytes): Result<IntentParts, IntentRefusal> {
  const decoded = decodeCbor(bytes);
  if (!decoded.ok)
    return err(
      decoded.code === 'cbor_malformed' ? 'intent_malformed' : 'intent_not_canonical',
      decoded.message,
    );
  const intent: unknown = decoded.value;
  if (!isIntent(intent)) return err('intent_shape');
  return Object.hasOwn(intent.body, 'kind') ? err('intent_body_kind') : ok(intent);
}

export async function signIntent(signer: Signer, parts: Omit<IntentParts, 'key'>): Promise<SignedIntent> {
  const bytes = makeIntent({ ...parts, key: signer.key });
  return { ...(await signPair('intent', signer, bytes)), hash: intentHash(bytes) };
}
