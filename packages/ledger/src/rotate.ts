/** A world's log gets a new key: both keys sign the change, and checkpoints from `effectiveSize` on are the new one's. */
import { type Bytes, equalBytes } from './bytes.ts';
import { encodeCbor } from './cbor.ts';
import { signedBytes, type Signer, verifyEd25519Sync } from './ed25519.ts';
import { type PublicKey, parsePublicKey } from './ed25519Key.ts';
import type { Millis, RotateEntry } from './entry.ts';
import { type Result, err, ok } from './result.ts';
import type { World } from './world.ts';

export type RotateRefusal = 'rotate_key' | 'rotate_size' | 'rotate_signature';

interface Rotation {
  readonly world: Bytes;
  readonly newKey: PublicKey;
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

export function verifyRotate(world: World<unknown>, entry: RotateEntry): Result<void, RotateRefusal> {
  const { newKey, effectiveSize, sigOld, sigNew } = entry;
  if (!parsePublicKey(newKey).ok || equalBytes(newKey, world.authorityKey)) return err('rotate_key');
  if (effectiveSize !== world.size + 1) return err('rotate_size');
  const message = rotationBytes({ world: world.opening.world, newKey, effectiveSize });
  const isSigned =
    verifyEd25519Sync(world.authorityKey, message, sigOld) && verifyEd25519Sync(newKey, message, sigNew);
  return isSigned ? ok() : err('rotate_signature');
}

function rotationBytes({ world, newKey, effectiveSize }: Rotation): Bytes {
  return signedBytes('rotate', encodeCbor({ v: 1, world, newKey, effectiveSize }));
}
