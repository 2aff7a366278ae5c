/**
 * Ed25519 with one rule on every engine: the key is acceptable (`parsePublicKey`), S < L, and encode(S·B − k·A) equals the R bytes
 * (RFC 8032 §5.1.7 without the cofactor). Node and WebCrypto do that natively; noble alone would multiply by the cofactor.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { boundedCache } from './boundedCache.ts';
import { type Bytes, concatBytes, copyBytes, equalBytes, ownBytes } from './bytes.ts';
import { type PublicKey, decodePoint, parsePublicKey } from './ed25519Key.ts';
import { bytesToHex } from './hex.ts';
import { type NativeKey, type WebCrypto, nodeCrypto, webCrypto } from './platform.ts';
import { utf8ToBytes } from './utf8.ts';

/** Whoever can sign as `key`; the private half may live where we cannot see it (a non-extractable WebCrypto key). */
export interface Signer {
  readonly key: PublicKey;
  sign(message: Bytes): Promise<Bytes>;
}

const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const identity = new Uint8Array(32).fill(1, 0, 1);
const pkcs8Prefix = new Uint8Array([0x30, 46, 2, 1, 0, 0x30, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32]); // RFC 8410 §7
const spkiPrefix = new Uint8Array([0x30, 42, 0x30, 5, 6, 3, 43, 101, 112, 3, 33, 0]); // RFC 8410 §4
const algorithm = { name: 'Ed25519' };

const nodeKeys = boundedCache<NativeKey>(16_384);
const webKeys = boundedCache<Promise<NativeKey | null>>(4096);

/** The bytes that are signed for everything but checkpoints: `fairground/<kind>/v1\n` and then the body, so no kind passes for another. */
export function signedBytes(kind: string, body: Bytes): Uint8Array<ArrayBuffer> {
  return concatBytes(utf8ToBytes(`fairground/${kind}/v1\n`), body);
}

/** A signer over a 32-byte seed (RFC 8032's private key). */
export function seedSigner(seed: Bytes): Signer {
  const sign = createSign(seed);
  return { key: publicKeyFromSeed(seed), sign: (message) => Promise.resolve(sign(message)) };
}

export function publicKeyFromSeed(seed: Bytes): Uint8Array<ArrayBuffer> {
  return copyBytes(ed25519.getPublicKey(seed32(seed)));
}

/** 64 bytes, deterministic (RFC 8032 §5.1.6). Throws unless the seed has 32 bytes. */
export function signEd25519(seed: Bytes, message: Bytes): Uint8Array<ArrayBuffer> {
  return createSign(seed)(message);
}

/** For whoever signs again and again: to read the seed costs as much as to sign with it. Throws unless the seed has 32 bytes. */
export function createSign(seed: Bytes): (message: Bytes) => Uint8Array<ArrayBuffer> {
  const own = copyBytes(seed32(seed));
  const node = nodeCrypto();
  if (!node) return (message) => copyBytes(ed25519.sign(message, own));
  const key = node.createPrivateKey({ key: concatBytes(pkcs8Prefix, own), format: 'der', type: 'pkcs8' });
  return (message) => copyBytes(node.sign(null, message, key));
}

/** True only for a good signature by an acceptable key; never throws on bytes. Native where the engine can, else noble. */
export async function verifyEd25519(key: PublicKey, message: Bytes, signature: Bytes): Promise<boolean> {
  return (await verifyWithNative(key, message, signature)) ?? verifyWithNoble(key, message, signature);
}

/** The same verdict without a promise: Node's native path or noble. */
export function verifyEd25519Sync(key: PublicKey, message: Bytes, signature: Bytes): boolean {
  return verifyWithNode(key, message, signature) ?? verifyWithNoble(key, message, signature);
}

/** The engine's own Ed25519: Node's, else WebCrypto's; undefined where there is neither. */
export async function verifyWithNative(
  key: PublicKey,
  message: Bytes,
  signature: Bytes,
): Promise<boolean | undefined> {
  return verifyWithNode(key, message, signature) ?? (await verifyWithWebCrypto(key, message, signature));
}

/** `node:crypto`, or undefined where it is missing. */
export function verifyWithNode(key: PublicKey, message: Bytes, signature: Bytes): boolean | undefined {
  const node = nodeCrypto();
  if (!node) return undefined;
  if (!isWellShaped(key, signature)) return false;
  const native = nodeKeys(bytesToHex(key), () =>
    node.createPublicKey({ key: concatBytes(spkiPrefix, key), format: 'der', type: 'spki' }),
  );
  return node.verify(null, message, native, signature);
}

/** WebCrypto, or undefined where it is missing (plain http) or does not know Ed25519. */
export async function verifyWithWebCrypto(
  key: PublicKey,
  message: Bytes,
  signature: Bytes,
): Promise<boolean | undefined> {
  const subtle = webCrypto();
  if (!subtle) return undefined;
  if (!isWellShaped(key, signature)) return false;
  const native = await webKeys(bytesToHex(key), () => importWebKey(subtle, key));
  return native ? subtle.verify(algorithm, native, ownBytes(signature), ownBytes(message)) : undefined;
}

/** Noble's arithmetic with the cofactorless equation; the path of insecure origins and of engines without crypto. */
export function verifyWithNoble(key: PublicKey, message: Bytes, signature: Bytes): boolean {
  if (!isWellShaped(key, signature)) return false;
  const r = signature.subarray(0, 32);
  const s = littleEndian(signature.subarray(32));
  const point = decodePoint(key);
  if (!point || s >= order) return false;
  const k = littleEndian(sha512(concatBytes(r, key, message))) % order;
  const expected = ed25519.Point.BASE.multiplyUnsafe(s).subtract(point.multiplyUnsafe(k));
  return equalBytes(expected.toBytes(), r);
}

/**
 * R = identity is a signature nobody makes by accident; WebCrypto's text says to refuse it and some engines do not, so it is refused
 * before any of them is asked.
 */
function isWellShaped(key: PublicKey, signature: Bytes): boolean {
  return (
    signature.length === 64 && !equalBytes(signature.subarray(0, 32), identity) && parsePublicKey(key).ok
  );
}

async function importWebKey(subtle: WebCrypto, key: PublicKey): Promise<NativeKey | null> {
  try {
    return await subtle.importKey('raw', ownBytes(key), algorithm, false, ['verify']);
  } catch {
    return null; // the engine has WebCrypto but not this curve
  }
}

function littleEndian(bytes: Bytes): bigint {
  return BigInt(`0x${bytesToHex(copyBytes(bytes).reverse())}`);
}

function seed32(seed: Bytes): Bytes {
  if (seed.length !== 32) throw new RangeError('Ed25519: a seed has 32 bytes');
  return seed;
}
