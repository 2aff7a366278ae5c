/** Somebody's signed word that it saw an intent when the log stood at a head: what makes a late or missing entry show. */
import type { Bytes } from './bytes.ts';
import { decodeCbor, encodeCbor } from './cbor.ts';
import type { Signer } from './ed25519.ts';
import type { PublicKey } from './ed25519Key.ts';
import type { Millis } from './entry.ts';
import { type Result, err, ok } from './result.ts';
import { bytesOf, isUint, literal, nullable, shape } from './shape.ts';
import { type SignedPair, signPair } from './signedPair.ts';

export interface Seen {
  readonly world: Bytes;
  /** The lot that the intent is sealed to; null for one that is not sealed, and then in no entry. */
  readonly lot: number | null;
  readonly intentHash: Bytes;
  readonly witness: PublicKey;
  /** The newest checkpoint that the witness had. */
  readonly headSize: number;
  readonly headRoot: Bytes;
  /** By the witness's clock. */
  readonly at: Millis;
}

const isSeen = shape<Seen & { readonly v: 1 }>({
  v: literal(1),
  world: bytesOf(32),
  lot: nullable(isUint),
  intentHash: bytesOf(32),
  witness: bytesOf(32),
  headSize: isUint,
  headRoot: bytesOf(32),
  at: isUint,
});

export function makeSeen({
  world,
  lot,
  intentHash,
  witness,
  headSize,
  headRoot,
  at,
}: Seen): Uint8Array<ArrayBuffer> {
  return encodeCbor({ v: 1, world, lot, intentHash, witness, headSize, headRoot, at });
}

export function parseSeen(bytes: Bytes): Result<Seen, 'seen_malformed'> {
  const decoded = decodeCbor(bytes);
  const seen: unknown = decoded.ok ? decoded.value : undefined;
  return isSeen(seen) ? ok(seen) : err('seen_malformed');
}

export function signSeen(signer: Signer, seen: Omit<Seen, 'witness'>): Promise<SignedPair> {
  return signPair('seen', signer, makeSeen({ ...seen, witness: signer.key }));
}
