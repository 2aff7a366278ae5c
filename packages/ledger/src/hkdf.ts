/** HMAC (RFC 2104) and HKDF (RFC 5869) with SHA-256, synchronous. */
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { type Bytes, byteAt, copyBytes } from './bytes.ts';
import { nodeCrypto } from './platform.ts';
import { sha256, sha256Parts } from './sha256.ts';

const blockLength = 64;

/** Over `sha256`, which beats `createHmac` several times for short messages. */
export function hmacSha256(key: Bytes, message: Bytes): Uint8Array<ArrayBuffer> {
  const short = key.length > blockLength ? sha256(key) : key;
  const inner = sha256Parts(padded(short, 0x36), message);
  return sha256Parts(padded(short, 0x5c), inner);
}

function padded(key: Bytes, byte: number): Bytes {
  const block = new Uint8Array(blockLength).fill(byte);
  for (let i = 0; i < key.length; i++) block[i] = byteAt(key, i) ^ byte;
  return block;
}

/** `length` bytes, at most 255 · 32; throws above. */
export function hkdfSha256(ikm: Bytes, salt: Bytes, info: Bytes, length: number): Uint8Array<ArrayBuffer> {
  const node = nodeCrypto();
  // Node bounds `info` at 1,024 bytes; the standard does not.
  if (node && info.length <= 1024) return new Uint8Array(node.hkdfSync('sha256', ikm, salt, info, length));
  return copyBytes(hkdf(nobleSha256, ikm, salt, info, length));
}
