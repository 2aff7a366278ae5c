/** A world's log gets a new key: both keys sign the change, and checkpoints from `effectiveSize` on are the new one's. */
import { type Bytes, equalBytes } from './bytes.ts';
import { encodeCbor } from './cbor.ts';
import { signedBytes, type Signer, verifyEd25519Sync } from './ed25519.ts';
import { parsePublicKey } from './ed25519Key.ts';
import type { Millis, RotateEntry } from './entry.ts';
import { decodeEntry } from './entryCodec.ts';
import { type Result, err, ok } from './result.ts';
import { utf8ToBytes } from './utf8.ts';
import type { World } from './world.ts';

export type RotateRefusal = 'rotate_key' | 'rotate_size' | 'rotate_signature';

export interface Rotation {
  readonly world: Bytes;
  readonly newKey: Bytes;
  /** The size of the log with this entry. */
  readonly effectiveSize: number;
}

export async function makeRotate(
  world: World<unknown>,
  signers: { readonly from: Signer; readonly to: Signer },
  at: Millis,
): Promise<RotateEntry> {
  const rotation = { world: world.opening.world, newKey: signers.to.key, effectiveSize: world.size + 1 };
  const message = rotationBytes(rotation);
  const [sigOld, sigNew] = await Promise.all([signers.from.sign(message), signers.to.sign(message)]);
  return {
    kind: 'rotate',
    at,
    newKey: rotation.newKey,
    effectiveSize: rotation.effectiveSize,
    sigOld,
    sigNew,
  };
}

/** Where a log stands when its key is handed on. */
export interface Standing extends Pick<World<unknown>, 'size' | 'authorityKey'> {
  readonly opening: { readonly world: Bytes };
}

/** Whose checkpoints are good after these entries, which are not stepped yet: only what both keys have signed hands a log on. */
export function keyAfter({ opening, size, authorityKey }: Standing, entries: readonly Bytes[]): Bytes {
  let key = authorityKey;
  for (const [i, bytes] of entries.entries()) {
    const entry = mayRotate(bytes) ? decodeEntry(bytes) : undefined;
    if (!entry?.ok || entry.value.kind !== 'rotate') continue;
    if (verifyRotate({ opening, size: size + i, authorityKey: key }, entry.value).ok)
      key = entry.value.newKey;
  }
  return key;
}

/** After `at`, a number of 1 to 9 bytes, comes `kind` in the one spelling of these fields: all but a few entries are passed over undecoded. */
const kindIsRotate = utf8ToBytes('\x64kind\x66rotate');

export function mayRotate(bytes: Bytes): boolean {
  const head = bytes[4] ?? 0;
  const kindAt = 5 + (head < 24 ? 0 : 2 ** (head - 24));
  return kindIsRotate.every((byte, i) => bytes[kindAt + i] === byte);
}

export function verifyRotate(world: Standing, entry: RotateEntry): Result<void, RotateRefusal> {
  const { newKey, effectiveSize, sigOld, sigNew } = entry;
  if (!parsePublicKey(newKey).ok || equalBytes(newKey, world.authorityKey)) return err('rotate_key');
  if (effectiveSize !== world.size + 1) return err('rotate_size');
  const message = rotationBytes({ world: world.opening.world, newKey, effectiveSize });
  const isSigned =
    verifyEd25519Sync(world.authorityKey, message, sigOld) && verifyEd25519Sync(newKey, message, sigNew);
  return isSigned ? ok() : err('rotate_signature');
}

/** What both keys sign. */
export function rotationBytes({ world, newKey, effectiveSize }: Rotation): Bytes {
  return signedBytes('rotate', encodeCbor({ v: 1, world, newKey, effectiveSize }));
}
