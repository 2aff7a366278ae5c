/** Which 32 bytes are an Ed25519 key here: verifiers disagree only about crooked keys, so there are none (formats: one rule, everywhere). */
import { ed25519 } from '@noble/curves/ed25519.js';
import { type Bytes, copyBytes } from './bytes.ts';
import { boundedCache } from './boundedCache.ts';
import { isSurelyPrimeOrder } from './ed25519Subgroup.ts';
import { bytesToHex } from './hex.ts';
import { type Result, err, ok } from './result.ts';

export type KeyRefusal = 'key_length' | 'key_not_canonical' | 'key_small_order' | 'key_torsion';

/** A raw Ed25519 public key, 32 bytes. */
export type PublicKey = Bytes;

// Even the short way costs more than a signature's check (0.2 ms), so verdicts are remembered.
const verdicts = boundedCache<KeyRefusal | 'fine'>(16_384);

/**
 * Accepts a key whose encoding is canonical and a point of the curve (`key_not_canonical`), not of small order, and in the prime-order
 * subgroup (`key_torsion`).
 */
export function parsePublicKey(bytes: Bytes): Result<Uint8Array<ArrayBuffer>, KeyRefusal> {
  if (bytes.length !== 32) return err('key_length');
  const verdict = verdicts(bytesToHex(bytes), () => judge(bytes));
  return verdict === 'fine' ? ok(copyBytes(bytes)) : err(verdict);
}

function judge(bytes: Bytes): KeyRefusal | 'fine' {
  if (isSurelyPrimeOrder(bytes)) return 'fine';
  const point = decodePoint(bytes);
  if (!point) return 'key_not_canonical';
  if (point.isSmallOrder()) return 'key_small_order';
  return point.isTorsionFree() ? 'fine' : 'key_torsion';
}

/** RFC 8032 §5.1.3 with y < p and no negative zero; undefined otherwise. */
export function decodePoint(bytes: Bytes) {
  try {
    return ed25519.Point.fromBytes(bytes, false);
  } catch {
    return undefined;
  }
}
