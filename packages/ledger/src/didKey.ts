/** Ed25519 keys as `did:key:z…` (W3C did:key: base58btc of the multicodec prefix ed01 and the key). */
import { base58ToBytes, bytesToBase58 } from './base58.ts';
import { type Bytes, concatBytes, copyBytes } from './bytes.ts';
import { type KeyRefusal, parsePublicKey } from './ed25519Key.ts';
import { type Result, err } from './result.ts';

const prefix = 'did:key:z';
const ed25519Codec = new Uint8Array([0xed, 0x01]);
const longestDid = 64;

/** Throws unless the key has 32 bytes. */
export function keyToDid(key: Bytes): string {
  if (key.length !== 32) throw new RangeError('keyToDid: a key has 32 bytes');
  return prefix + bytesToBase58(concatBytes(ed25519Codec, key));
}

/** The 32 bytes of an acceptable Ed25519 key (see `parsePublicKey`); other codecs and spellings are `did_malformed`. */
export function didToKey(text: string): Result<Uint8Array<ArrayBuffer>, 'did_malformed' | KeyRefusal> {
  if (!text.startsWith(prefix) || text.length > longestDid) return err('did_malformed');
  const bytes = base58ToBytes(text.slice(prefix.length));
  if (bytes?.[0] !== 0xed || bytes[1] !== 0x01) return err('did_malformed');
  return parsePublicKey(copyBytes(bytes, 2));
}
