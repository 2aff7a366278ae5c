/** What an intent says. */
import type { Bytes } from './bytes.ts';
import type { Cbor } from './cbor.ts';
import type { PublicKey } from './ed25519Key.ts';

export interface IntentParts {
  /** The world's id, 32 bytes. */
  readonly world: Bytes;
  readonly key: PublicKey;
  /** From 0, without a gap. */
  readonly seq: number;
  /** `intentHash` of the intent before, 32 zero bytes for the first. */
  readonly prev: Bytes;
  readonly kind: string;
  /** The game's own words, without `kind`. */
  readonly body: { readonly [field: string]: Cbor };
}
