/** Timestamped Ed25519 cosignatures (C2SP tlog-cosignature, signature type 04). */
import { type Bytes, concatBytes, copyBytes, readU64be, u64be } from './bytes.ts';
import { formatDecimal } from './decimal.ts';
import { verifyEd25519 } from './ed25519.ts';
import type { NoteSignature, NoteSigner } from './note.ts';
import { type Result, err, ok } from './result.ts';
import { utf8ToBytes } from './utf8.ts';
import { type Vkey, cosignatureType, keyIdOf } from './vkey.ts';

/** What a cosigner signs: `cosignature/v1`, the time in Unix seconds, and the checkpoint's text with its final newline. */
export function cosignatureMessage(unixSeconds: number, checkpointText: string): Bytes {
  return utf8ToBytes(`cosignature/v1\ntime ${formatDecimal(unixSeconds)}\n${checkpointText}`);
}

/** The signature line of a witness: payload u64be(seconds) ‖ signature. */
export async function cosign(
  signer: NoteSigner,
  checkpointText: string,
  unixSeconds: number,
): Promise<NoteSignature> {
  const signature = await signer.sign(cosignatureMessage(unixSeconds, checkpointText));
  return {
    name: signer.name,
    keyId: keyIdOf(signer.name, cosignatureType, signer.key),
    signature: concatBytes(u64be(unixSeconds), signature),
  };
}

/** The time of a good cosignature, in Unix seconds; times past 2^53 − 1 are refused. */
export async function verifyCosignature(
  vkey: Vkey,
  checkpointText: string,
  payload: Bytes,
): Promise<Result<{ readonly unixSeconds: number }, 'cosignature_malformed' | 'cosignature_bad'>> {
  if (payload.length !== 72 || vkey.type !== cosignatureType) return err('cosignature_malformed');
  const seconds = readU64be(payload);
  if (seconds > BigInt(Number.MAX_SAFE_INTEGER)) return err('cosignature_malformed');
  const unixSeconds = Number(seconds);
  const isGood = await verifyEd25519(
    vkey.key,
    cosignatureMessage(unixSeconds, checkpointText),
    copyBytes(payload, 8),
  );
  return isGood ? ok({ unixSeconds }) : err('cosignature_bad');
}
