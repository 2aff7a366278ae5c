/** HMAC (RFC 2104) and HKDF (RFC 5869) with SHA-256, synchronous. */
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Bytes, copyBytes } from './bytes.ts';
import { nodeCrypto } from './platform.ts';

export function hmacSha256(key: Bytes, message: Bytes): Uint8Array<ArrayBuffer> {
  const node = nodeCrypto();
  return copyBytes(
    node ? node.createHmac('sha256', key).update(message).digest() : hmac(sha256, key, message),
  );
}

/** `length` bytes, at most 255 · 32; throws above. */
export function hkdfSha256(ikm: Bytes, salt: Bytes, info: Bytes, length: number): Uint8Array<ArrayBuffer> {
  const node = nodeCrypto();
  // Node bounds `info` at 1,024 bytes; the standard does not.
  if (node && info.length <= 1024) return new Uint8Array(node.hkdfSync('sha256', ikm, salt, info, length));
  return copyBytes(hkdf(sha256, ikm, salt, info, length));
}
