/** Something signed as it travels: the bytes that were signed, verbatim, and the signature; `[bytes, sig]` in CBOR, base64url in JSON. */
import { base64urlToBytes, bytesToBase64url } from './baseText.ts';
import { type Bytes, isBytes } from './bytes.ts';
import { decodeCbor, encodeCbor } from './cbor.ts';
import { type PublicKey } from './ed25519Key.ts';
import { type Signer, signedBytes, verifyEd25519 } from './ed25519.ts';
import { type Result, err, ok } from './result.ts';
import { isMap } from './shape.ts';

export interface SignedPair {
  readonly bytes: Bytes;
  /** 64 bytes over `fairground/<kind>/v1\n` ‖ bytes. */
  readonly sig: Bytes;
}

export interface SignedPairJson {
  readonly bytes: string;
  readonly sig: string;
}

export async function signPair(kind: string, signer: Signer, bytes: Bytes): Promise<SignedPair> {
  return { bytes, sig: await signer.sign(signedBytes(kind, bytes)) };
}

export function verifyPair(kind: string, key: PublicKey, pair: SignedPair): Promise<boolean> {
  return verifyEd25519(key, signedBytes(kind, pair.bytes), pair.sig);
}

export function encodePair({ bytes, sig }: SignedPair): Uint8Array<ArrayBuffer> {
  return encodeCbor([bytes, sig]);
}

/** Form only; what the bytes say and who signed is for the caller to check. */
export function decodePair(encoded: Bytes): Result<SignedPair, 'pair_malformed'> {
  const decoded = decodeCbor(encoded);
  if (!decoded.ok || !Array.isArray(decoded.value) || decoded.value.length !== 2)
    return err('pair_malformed');
  const [bytes, sig]: readonly unknown[] = decoded.value;
  return isBytes(bytes) && isBytes(sig) && sig.length === 64 ? ok({ bytes, sig }) : err('pair_malformed');
}

export function pairToJson({ bytes, sig }: SignedPair): SignedPairJson {
  return { bytes: bytesToBase64url(bytes), sig: bytesToBase64url(sig) };
}

export function pairFromJson(json: unknown): Result<SignedPair, 'pair_malformed'> {
  if (!isMap(json) || typeof json['bytes'] !== 'string' || typeof json['sig'] !== 'string')
    return err('pair_malformed');
  const bytes = base64urlToBytes(json['bytes']);
  const sig = base64urlToBytes(json['sig']);
  return bytes && sig?.length === 64 ? ok({ bytes, sig }) : err('pair_malformed');
}
