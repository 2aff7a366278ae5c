/** A device asks an authority for a world. Freshness (a nonce serves once, `at` within five minutes) is the authority's to check. */
import type { Bytes } from './bytes.ts';
import { type Cbor, decodeCbor, encodeCbor } from './cbor.ts';
import type { Signer } from './ed25519.ts';
import type { PublicKey } from './ed25519Key.ts';
import type { Millis } from './entry.ts';
import { type Result, err, ok } from './result.ts';
import { bytesOf, isCode, isPresent, isUint, literal, nullable, oneOf, shape } from './shape.ts';
import { type SignedPair, signPair } from './signedPair.ts';

export type Visibility = 'listed' | 'unlisted' | 'private';

export interface CreateRequest {
  /** The authority that is asked: another one must not take this up. */
  readonly authority: PublicKey;
  readonly host: PublicKey;
  readonly game: string;
  readonly config: Cbor;
  readonly visibility: Visibility;
  /** 16 bytes: the room that the world is for; null for a new one. */
  readonly room: Bytes | null;
  /** 16 random bytes. */
  readonly nonce: Bytes;
  readonly at: Millis;
}

export const MAX_CREATE_BYTES = 8192;

const isCreate = shape<CreateRequest & { readonly v: 1 }>({
  v: literal(1),
  authority: bytesOf(32),
  host: bytesOf(32),
  game: isCode,
  config: isPresent,
  visibility: oneOf('listed', 'unlisted', 'private'),
  room: nullable(bytesOf(16)),
  nonce: bytesOf(16),
  at: isUint,
});

export function makeCreate(request: CreateRequest): Uint8Array<ArrayBuffer> {
  const { authority, host, game, config, visibility, room, nonce, at } = request;
  return encodeCbor({ v: 1, authority, host, game, config, visibility, room, nonce, at });
}

export function parseCreate(bytes: Bytes): Result<CreateRequest, 'create_malformed' | 'create_too_large'> {
  if (bytes.length > MAX_CREATE_BYTES) return err('create_too_large');
  const decoded = decodeCbor(bytes);
  const request: unknown = decoded.ok ? decoded.value : undefined;
  return isCreate(request) ? ok(request) : err('create_malformed');
}

export function signCreate(signer: Signer, request: Omit<CreateRequest, 'host'>): Promise<SignedPair> {
  return signPair('create', signer, makeCreate({ ...request, host: signer.key }));
}
