/** The ledger room: canonical bytes, Merkle trees, notes, proofs, seals and draws. No storage, no network, no keys kept. */
export * from './base58.ts';
export * from './baseText.ts';
export * from './bytes.ts';
export * from './cbor.ts';
export * from './didKey.ts';
export * from './ed25519.ts';
export { type KeyRefusal, type PublicKey, parsePublicKey } from './ed25519Key.ts';
export * from './hex.ts';
export * from './hkdf.ts';
export * from './result.ts';
export * from './sha256.ts';
export { bytesToUtf8, isWellFormed, utf8ToBytes } from './utf8.ts';
