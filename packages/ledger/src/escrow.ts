/**
 * A world's secret, sealed to each key that its genesis names as a successor (formats §5): whoever of them goes on can open what lies
 * sealed in it. HPKE to the X25519 key that belongs to the Ed25519 key, as did:key derives it for key agreement.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { type Bytes, copyBytes, equalBytes } from './bytes.ts';
import { decodeCbor, encodeCbor } from './cbor.ts';
import { publicKeyFromSeed } from './ed25519.ts';
import { hpkeOpenSync, hpkeSealSync } from './hpke.ts';
import { type Result, err, ok } from './result.ts';
import { bytesOf, listOf, literal, shape } from './shape.ts';

/** In a log's files. */
export const ESCROW_FILE = 'escrow';
/** As many successors as a genesis of 8 KiB has room for beside the rest. */
export const MAX_SUCCESSORS = 16;

/** `escrow_foreign`: of another world, or nothing in it is for this key; `escrow_damaged`: what is for it does not open. */
export type EscrowRefusal = 'escrow_malformed' | 'escrow_foreign' | 'escrow_damaged';

interface Share {
  /** The successor's Ed25519 key. */
  readonly key: Bytes;
  readonly enc: Bytes;
  /** The secret's 32 bytes and the tag. */
  readonly ct: Bytes;
}

interface Escrow {
  readonly v: 1;
  readonly world: Bytes;
  /** In the order of the genesis. */
  readonly shares: readonly Share[];
}

const isEscrow = shape<Escrow>({
  v: literal(1),
  world: bytesOf(32),
  shares: listOf(shape<Share>({ key: bytesOf(32), enc: bytesOf(32), ct: bytesOf(48) })),
});

export interface EscrowRequest {
  /** The world's id. */
  readonly world: Bytes;
  /** 32 bytes. */
  readonly secret: Bytes;
  readonly successors: readonly Bytes[];
  /** 32 secret bytes for each of them, never used for anything else. */
  readonly ephemeral: (index: number) => Bytes;
}

export function sealEscrow({ world, secret, successors, ephemeral }: EscrowRequest): Bytes {
  const shares = successors.map((key, index) => {
    const sealed = hpkeSealSync({
      ...{ pk: ed25519.utils.toMontgomery(key), plaintext: secret, ephemeral: ephemeral(index) },
      ...bindings(world, key),
    });
    return { key, ...sealed };
  });
  return encodeCbor({ v: 1, world, shares });
}

/** The secret, for the successor whose Ed25519 seed this is. What it is worth shows against the `rand` of the genesis. */
export function openEscrow(bytes: Bytes, world: Bytes, seed: Bytes): Result<Bytes, EscrowRefusal> {
  const decoded = decodeCbor(bytes);
  const escrow: unknown = decoded.ok ? decoded.value : undefined;
  if (!isEscrow(escrow)) return err('escrow_malformed');
  const key = publicKeyFromSeed(seed);
  const share = escrow.shares.find((one) => equalBytes(one.key, key));
  if (!share || !equalBytes(escrow.world, world)) return err('escrow_foreign');
  const secret = hpkeOpenSync({
    ...{ sk: sealingSecretOf(seed), pk: ed25519.utils.toMontgomery(key), enc: share.enc, ct: share.ct },
    ...bindings(world, key),
  });
  return secret?.length === 32 ? ok(secret) : err('escrow_damaged');
}

/** The X25519 private key that belongs to an Ed25519 seed. */
export function sealingSecretOf(seed: Bytes): Bytes {
  return copyBytes(ed25519.utils.toMontgomerySecret(seed));
}

function bindings(world: Bytes, key: Bytes): { readonly info: Bytes; readonly aad: Bytes } {
  return { info: encodeCbor(['escrow/v1', world, key]), aad: new Uint8Array(0) };
}
