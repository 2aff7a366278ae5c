/** HPKE base mode, single shot (RFC 9180): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM; synchronous, on native or noble primitives. */
import { type Bytes, concatBytes, copyBytes } from './bytes.ts';
import { type HpkePrimitives, bestPrimitives } from './hpkePrimitives.ts';
import { utf8ToBytes } from './utf8.ts';

export interface HpkeSeal {
  readonly pk: Bytes;
  readonly info: Bytes;
  readonly aad: Bytes;
  readonly plaintext: Bytes;
  /** The ephemeral private key, 32 fresh random bytes; using it twice for one receiver gives the plaintexts away. */
  readonly ephemeral: Bytes;
}

export interface HpkeOpen {
  readonly sk: Bytes;
  /** The public key of `sk`; given, because deriving it would double the cost of opening. */
  readonly pk: Bytes;
  readonly enc: Bytes;
  readonly ct: Bytes;
  readonly info: Bytes;
  readonly aad: Bytes;
}

export interface Sealed {
  readonly enc: Bytes;
  readonly ct: Bytes;
}

const kemSuite = concatBytes(utf8ToBytes('KEM'), new Uint8Array([0x00, 0x20]));
const hpkeSuite = concatBytes(utf8ToBytes('HPKE'), new Uint8Array([0x00, 0x20, 0x00, 0x01, 0x00, 0x01]));
const version = utf8ToBytes('HPKE-v1');
const empty = new Uint8Array(0);
const baseMode = new Uint8Array(1);

/** RFC 9180 §5.1.1, §6.1. Throws on a receiver's key of small order. */
export function hpkeSealSync(
  { pk, info, aad, plaintext, ephemeral }: HpkeSeal,
  primitives: HpkePrimitives = bestPrimitives(),
): Sealed {
  const enc = primitives.publicKey(ephemeral);
  const shared = primitives.dh(ephemeral, pk);
  if (!shared) throw new RangeError('hpkeSealSync: the key is no X25519 key');
  const { key, nonce } = schedule(primitives, kemSecret(primitives, shared, enc, pk), info);
  return { enc, ct: primitives.aesGcmSeal(key, nonce, aad, plaintext) };
}

/** The plaintext, or undefined for any ciphertext, key or header that does not belong together. Never throws on bytes. */
export function hpkeOpenSync(
  { sk, pk, enc, ct, info, aad }: HpkeOpen,
  primitives: HpkePrimitives = bestPrimitives(),
): Uint8Array<ArrayBuffer> | undefined {
  if (sk.length !== 32 || pk.length !== 32 || enc.length !== 32 || ct.length < 16) return undefined;
  const shared = primitives.dh(sk, enc);
  if (!shared) return undefined;
  const { key, nonce } = schedule(primitives, kemSecret(primitives, shared, enc, pk), info);
  return primitives.aesGcmOpen(key, nonce, aad, ct);
}

/** RFC 9180 §4.1, ExtractAndExpand. */
function kemSecret(primitives: HpkePrimitives, dh: Bytes, enc: Bytes, pk: Bytes): Bytes {
  const extracted = labeledExtract(primitives, kemSuite, empty, 'eae_prk', dh);
  return labeledExpand(primitives, kemSuite, extracted, 'shared_secret', concatBytes(enc, pk), 32);
}

/** RFC 9180 §5.1, KeySchedule in base mode; sequence number 0, so the nonce is the base nonce. */
function schedule(
  primitives: HpkePrimitives,
  shared: Bytes,
  info: Bytes,
): { readonly key: Bytes; readonly nonce: Bytes } {
  const pskIdHash = labeledExtract(primitives, hpkeSuite, empty, 'psk_id_hash', empty);
  const infoHash = labeledExtract(primitives, hpkeSuite, empty, 'info_hash', info);
  const context = concatBytes(baseMode, pskIdHash, infoHash);
  const secret = labeledExtract(primitives, hpkeSuite, shared, 'secret', empty);
  return {
    key: labeledExpand(primitives, hpkeSuite, secret, 'key', context, 16),
    nonce: labeledExpand(primitives, hpkeSuite, secret, 'base_nonce', context, 12),
  };
}

function labeledExtract(
  { hmac }: HpkePrimitives,
  suite: Bytes,
  salt: Bytes,
  label: string,
  ikm: Bytes,
): Bytes {
  // HKDF-Extract (RFC 5869 §2.2); an empty salt is a key of zeros to HMAC.
  return hmac(salt, concatBytes(version, suite, utf8ToBytes(label), ikm));
}

/** At most 32 bytes, so HKDF-Expand (RFC 5869 §2.3) is its first block. */
function labeledExpand(
  { hmac }: HpkePrimitives,
  suite: Bytes,
  prk: Bytes,
  label: string,
  info: Bytes,
  length: number,
): Bytes {
  const labeled = concatBytes(new Uint8Array([0, length]), version, suite, utf8ToBytes(label), info);
  return copyBytes(hmac(prk, concatBytes(labeled, new Uint8Array([1]))), 0, length);
}
