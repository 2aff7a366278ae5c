/** The primitives under HPKE in two makes: `node:crypto` (several times as fast) and noble (everywhere). */
import { gcm } from '@noble/ciphers/aes.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Bytes, concatBytes, copyBytes } from './bytes.ts';
import { hmacSha256 } from './hkdf.ts';
import { type NativeKey, type NodeCrypto, nodeCrypto } from './platform.ts';

/** All keys are 32 raw bytes, an AES key 16, an IV 12; a ciphertext ends in its 16-byte tag. */
export interface HpkePrimitives {
  publicKey(sk: Bytes): Bytes;
  /** X25519 (RFC 7748 §6.1); undefined when the result would be all zero. */
  dh(sk: Bytes, pk: Bytes): Bytes | undefined;
  hmac(key: Bytes, message: Bytes): Bytes;
  aesGcmSeal(key: Bytes, iv: Bytes, aad: Bytes, plaintext: Bytes): Bytes;
  aesGcmOpen(key: Bytes, iv: Bytes, aad: Bytes, ct: Bytes): Uint8Array<ArrayBuffer> | undefined;
}

const pkcs8Prefix = new Uint8Array([0x30, 46, 2, 1, 0, 0x30, 5, 6, 3, 43, 101, 110, 4, 34, 4, 32]); // RFC 8410 §7
const spkiPrefix = new Uint8Array([0x30, 42, 0x30, 5, 6, 3, 43, 101, 110, 3, 33, 0]); // RFC 8410 §4
const basePoint = new Uint8Array(32).fill(9, 0, 1);
const tagLength = 16;

export const noblePrimitives: HpkePrimitives = {
  // The ladder: `getPublicKey` multiplies by tables that take longer to make than a page's few keys.
  publicKey: (sk) => x25519.scalarMult(sk, basePoint),
  dh: (sk, pk) => orUndefined(() => x25519.getSharedSecret(sk, pk)),
  hmac: (key, message) => hmac(sha256, key, message),
  aesGcmSeal: (key, iv, aad, plaintext) => gcm(key, iv, aad).encrypt(plaintext),
  aesGcmOpen: (key, iv, aad, ct) => orUndefined(() => copyBytes(gcm(key, iv, aad).decrypt(ct))),
};

let best: HpkePrimitives | undefined;

/** Node's where there is Node, else noble's. */
export function bestPrimitives(): HpkePrimitives {
  const node = nodeCrypto();
  best ??= node ? nodePrimitives(node) : noblePrimitives;
  return best;
}

export function nodePrimitives(node: NodeCrypto): HpkePrimitives {
  return {
    publicKey: (sk) => nodeDh(node, sk, basePoint), // RFC 7748 §6.1: the public key is X25519(sk, 9)
    dh: (sk, pk) => orUndefined(() => nodeDh(node, sk, pk)),
    hmac: hmacSha256,
    aesGcmSeal: (key, iv, aad, plaintext) => nodeSeal(node, key, iv, aad, plaintext),
    aesGcmOpen: (key, iv, aad, ct) => orUndefined(() => nodeOpen(node, key, iv, aad, ct)),
  };
}

function nodeDh(node: NodeCrypto, sk: Bytes, pk: Bytes): Bytes {
  const publicKey = node.createPublicKey({ key: concatBytes(spkiPrefix, pk), format: 'der', type: 'spki' });
  return copyBytes(node.diffieHellman({ privateKey: nodePrivateKey(node, sk), publicKey }));
}

function nodePrivateKey(node: NodeCrypto, sk: Bytes): NativeKey {
  return node.createPrivateKey({ key: concatBytes(pkcs8Prefix, sk), format: 'der', type: 'pkcs8' });
}

function nodeSeal(node: NodeCrypto, key: Bytes, iv: Bytes, aad: Bytes, plaintext: Bytes): Bytes {
  const cipher = node.createCipheriv('aes-128-gcm', key, iv);
  cipher.setAAD(aad);
  return concatBytes(cipher.update(plaintext), cipher.final(), cipher.getAuthTag());
}

function nodeOpen(node: NodeCrypto, key: Bytes, iv: Bytes, aad: Bytes, ct: Bytes): Uint8Array<ArrayBuffer> {
  const decipher = node.createDecipheriv('aes-128-gcm', key, iv);
  decipher.setAAD(aad);
  decipher.setAuthTag(ct.subarray(ct.length - tagLength));
  return concatBytes(decipher.update(ct.subarray(0, ct.length - tagLength)), decipher.final());
}

/** The libraries throw on bytes that do not fit; for us that is an ordinary answer. */
function orUndefined<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch {
    return undefined;
  }
}
