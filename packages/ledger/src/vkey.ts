/** Key names, key ids and verifier keys of C2SP signed-note v1.0.0. */
import { base64ToBytes, bytesToBase64 } from './baseText.ts';
import { type Bytes, concatBytes, copyBytes, equalBytes } from './bytes.ts';
import { parsePublicKey } from './ed25519Key.ts';
import { bytesToHex, hexToBytes } from './hex.ts';
import { type Result, err, ok } from './result.ts';
import { sha256Parts } from './sha256.ts';
import { hasControl, isWellFormed, utf8ToBytes } from './utf8.ts';

/** Ed25519 over the note's text. */
export const ed25519Type = 1;
/** A timestamped Ed25519 cosignature (C2SP tlog-cosignature). */
export const cosignatureType = 4;

export type SignatureType = typeof ed25519Type | typeof cosignatureType;

/** A name, a signature type and a key; `keyId` (4 bytes) follows from them. */
export interface Vkey {
  readonly name: string;
  readonly type: SignatureType;
  readonly key: Bytes;
  readonly keyId: Bytes;
}

export type VkeyRefusal = 'vkey_malformed' | 'vkey_type' | 'vkey_key' | 'vkey_key_id';

// `+`, DEL and Unicode White_Space, spelt out so that no engine's idea of \s matters.
const notInNames = /[ +\x7f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** Non-empty, at most 255 characters, no Unicode spaces, no `+`, no control characters. */
export function isKeyName(name: string): boolean {
  return (
    name.length > 0 &&
    name.length <= 255 &&
    !notInNames.test(name) &&
    !hasControl(name, '') &&
    isWellFormed(name)
  );
}

/** SHA-256(name ‖ 0A ‖ type ‖ key)[:4]. */
export function keyIdOf(name: string, type: number, key: Bytes): Uint8Array<ArrayBuffer> {
  return copyBytes(sha256Parts(utf8ToBytes(`${name}\n`), new Uint8Array([type]), key), 0, 4);
}

/** Throws for a name that is none and a key that is not 32 bytes. */
export function createVkey(name: string, type: SignatureType, key: Bytes): Vkey {
  if (!isKeyName(name)) throw new RangeError('createVkey: not a key name');
  if (key.length !== 32) throw new RangeError('createVkey: a key has 32 bytes');
  return { name, type, key, keyId: keyIdOf(name, type, key) };
}

export function formatVkey({ name, type, key, keyId }: Vkey): string {
  return `${name}+${bytesToHex(keyId)}+${bytesToBase64(concatBytes(new Uint8Array([type]), key))}`;
}

/**
 * `name+hex(keyID)+base64(type ‖ key)`. Refuses another shape, a type that is neither Ed25519 nor a cosignature, a key that
 * `parsePublicKey` refuses, and a key id that is not the one computed.
 */
export function parseVkey(text: string): Result<Vkey, VkeyRefusal> {
  const parts = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text);
  const [, name = '', hex = '', encoded = ''] = parts ?? [];
  const keyId = hexToBytes(hex);
  const material = base64ToBytes(encoded);
  if (!parts || !isKeyName(name) || !keyId || !material) return err('vkey_malformed');
  const type = material[0];
  if (type !== ed25519Type && type !== cosignatureType) return err('vkey_type');
  const key = parsePublicKey(material.subarray(1));
  if (!key.ok) return err('vkey_key', key.code);
  const vkey = createVkey(name, type, key.value);
  return equalBytes(vkey.keyId, keyId) ? ok(vkey) : err('vkey_key_id');
}
