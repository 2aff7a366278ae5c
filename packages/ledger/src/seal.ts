/** Sealed values (formats §5): committed to and encrypted for a lot's key, so that nobody reads them before the lot is opened. */
import { type Bytes, byteAt, copyBytes, equalBytes, isBytes } from './bytes.ts';
import { type Cbor, decodeCbor, encodeCbor } from './cbor.ts';
import { hpkeOpenSync, hpkeSealSync } from './hpke.ts';
import { bestPrimitives } from './hpkePrimitives.ts';
import { randomBytes } from './platform.ts';
import { type Result, err, ok } from './result.ts';
import { sha256 } from './sha256.ts';

/** What a seal belongs to: it opens as nothing else. `lot` is an unsigned integer, `world` and `key` (the sealer's) have 32 bytes. */
export interface SealContext {
  readonly world: Bytes;
  readonly lot: number;
  readonly key: Bytes;
  /** The lot's X25519 public key. */
  readonly pk: Bytes;
  /** The intent's header bytes; authenticated, not encrypted. */
  readonly header: Bytes;
}

export interface SealRequest extends SealContext {
  readonly value: Cbor;
  /** 32 random bytes, revealed with the value. */
  readonly nonce32: Bytes;
  /** The ephemeral X25519 private key: 32 fresh random bytes, the engine's if none are given (which throws where it has none). */
  readonly ephemeral?: Bytes;
  /** Bytes of padded plaintext, the same for every value of a kind: lengths leak. */
  readonly size: number;
}

/** What an intent carries. */
export interface Seal {
  readonly commit: Bytes;
  readonly enc: Bytes;
  readonly ct: Bytes;
}

export interface Opened {
  readonly nonce: Bytes;
  readonly value: Cbor;
}

export type SealRefusal = 'seal_open' | 'seal_padding' | 'seal_commit';

const lengthBytes = 2;

/** The X25519 pair whose private key is the secret itself (clamped when used, RFC 7748 §5). */
export function sealKeyPair(secret32: Bytes): {
  readonly pk: Uint8Array<ArrayBuffer>;
  readonly sk: Uint8Array<ArrayBuffer>;
} {
  return { pk: copyBytes(bestPrimitives().publicKey(secret32)), sk: copyBytes(secret32) };
}

/** SHA-256(CBOR(["seal/v1", world, lot, key, nonce32, value])). Throws on a lot that is no unsigned integer and on wrong lengths. */
export function sealCommit({
  world,
  lot,
  key,
  nonce32,
  value,
}: Pick<SealRequest, 'world' | 'lot' | 'key' | 'nonce32' | 'value'>): Uint8Array<ArrayBuffer> {
  if (![world, key, nonce32].every((part) => part.length === 32))
    throw new RangeError('sealCommit: 32 bytes each');
  if (!Number.isSafeInteger(lot) || lot < 0) throw new RangeError('sealCommit: a lot is an unsigned integer');
  return sha256(encodeCbor(['seal/v1', world, lot, key, nonce32, value]));
}

/** Commits and encrypts. Throws if the value does not fit `size`, and on a lot key of small order. */
export function sealValue({
  world,
  lot,
  key,
  pk,
  header,
  value,
  nonce32,
  ephemeral,
  size,
}: SealRequest): Seal {
  const commit = sealCommit({ world, lot, key, nonce32, value });
  const plaintext = pad(encodeCbor([nonce32, value]), size);
  const info = encodeCbor([world, lot, pk]);
  return {
    commit,
    ...hpkeSealSync({ pk, info, aad: header, plaintext, ephemeral: ephemeral ?? randomBytes(32) }),
  };
}

/**
 * Decrypts and checks: `seal_open` when key, header, lot or ciphertext do not belong together; `seal_padding` when what comes out is not
 * one padded, canonical [nonce, value]; `seal_commit` when it is not what was committed to.
 */
export function openSeal({
  sk,
  pk,
  world,
  lot,
  key,
  header,
  seal,
}: SealContext & { readonly sk: Bytes; readonly seal: Seal }): Result<Opened, SealRefusal> {
  const info = encodeCbor([world, lot, pk]);
  const plaintext = hpkeOpenSync({ sk, pk, enc: seal.enc, ct: seal.ct, info, aad: header });
  if (!plaintext) return err('seal_open');
  const opened = unpad(plaintext);
  if (!opened) return err('seal_padding');
  const commit = sealCommit({ world, lot, key, nonce32: opened.nonce, value: opened.value });
  return equalBytes(commit, seal.commit) ? ok(opened) : err('seal_commit');
}

/** uint16 length ‖ CBOR ‖ zeros up to `size` bytes: one padding for one value, and it ends nowhere else. */
function pad(bytes: Bytes, size: number): Bytes {
  if (bytes.length > 0xffff || bytes.length + lengthBytes > size)
    throw new RangeError('sealValue: the value does not fit');
  const padded = new Uint8Array(size);
  padded.set([bytes.length >> 8, bytes.length & 255]);
  padded.set(bytes, lengthBytes);
  return padded;
}

function unpad(padded: Bytes): Opened | undefined {
  if (padded.length < lengthBytes) return undefined;
  const end = lengthBytes + byteAt(padded, 0) * 256 + byteAt(padded, 1);
  if (end > padded.length || padded.subarray(end).some((byte) => byte !== 0)) return undefined;
  const decoded = decodeCbor(padded.subarray(lengthBytes, end));
  if (!decoded.ok || !Array.isArray(decoded.value) || decoded.value.length !== 2) return undefined;
  const [nonce, value]: readonly Cbor[] = decoded.value;
  return isBytes(nonce) && nonce.length === 32 && value !== undefined ? { nonce, value } : undefined;
}
