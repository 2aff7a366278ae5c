/** Who keeps what a key has published is told which key speaks for it from now on: both have signed it. */
import type { Bytes } from './bytes.ts';
import { encodeCbor } from './cbor.ts';
import { signedBytes, verifyEd25519Sync } from './ed25519.ts';
import { parsePublicKey } from './ed25519Key.ts';

export interface Inheritance {
  readonly key: Bytes;
  readonly heir: Bytes;
}

/** What both keys sign. */
export function heirBytes({ key, heir }: Inheritance): Bytes {
  return signedBytes('heir', encodeCbor({ v: 1, key, heir }));
}

export function verifyHeir(
  inheritance: Inheritance,
  { sigOld, sigNew }: { readonly sigOld: Bytes; readonly sigNew: Bytes },
): boolean {
  const { key, heir } = inheritance;
  if (!parsePublicKey(key).ok || !parsePublicKey(heir).ok) return false;
  const message = heirBytes(inheritance);
  return verifyEd25519Sync(key, message, sigOld) && verifyEd25519Sync(heir, message, sigNew);
}
