/** SHA-256, synchronous: `crypto.hash` in Node, noble elsewhere (WebCrypto's digest is a promise, and slower for short input). */
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { type Bytes, concatBytes, copyBytes } from './bytes.ts';
import { nodeCrypto } from './platform.ts';

export function sha256(bytes: Bytes): Uint8Array<ArrayBuffer> {
  const node = nodeCrypto();
  return copyBytes(node ? node.hash('sha256', bytes, 'buffer') : nobleSha256(bytes));
}

/** SHA-256 of the parts one after the other; the caller sees to it that the joint cannot be read in two ways. */
export function sha256Parts(...parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  return sha256(concatBytes(...parts));
}
