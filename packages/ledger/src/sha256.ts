/** SHA-256, synchronous: `crypto.hash` in Node, noble elsewhere (WebCrypto's digest is a promise, and slower for short input). */
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { type Bytes, concatBytes, copyBytes } from './bytes.ts';
import { nodeCrypto } from './platform.ts';

export function sha256(bytes: Bytes): Uint8Array<ArrayBuffer> {
  const node = nodeCrypto();
  // A string out of `crypto.hash` and back into bytes is three times as fast as the Buffer it would make.
  return node ? latin1ToBytes(node.hash('sha256', bytes, 'latin1')) : copyBytes(nobleSha256(bytes));
}

/** SHA-256 of the parts one after the other; the caller sees to it that the joint cannot be read in two ways. */
export function sha256Parts(...parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  return sha256(concatBytes(...parts));
}

function latin1ToBytes(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
