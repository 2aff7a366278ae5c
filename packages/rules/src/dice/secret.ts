/** Secrets of a world by purpose, and the share of dice that follows from one. */
import { type Bytes, concatBytes, hkdfSha256, randCommit, u64be, utf8ToBytes } from '@fairground/ledger';

/** A share of the dice before it is shown. */
export interface DiceShare {
  readonly nonce: Bytes;
  readonly secret: Bytes;
}

/** HKDF-SHA256(secret, info = what ‖ 00 ‖ u64be(index)), 32 bytes. `what` holds no NUL, so no two purposes meet. */
export function deriveSecret(secret: Bytes, what: string, index = 0): Uint8Array<ArrayBuffer> {
  if (what.includes('\0')) throw new RangeError('deriveSecret: a purpose holds no NUL');
  const info = concatBytes(utf8ToBytes(what), new Uint8Array(1), u64be(index));
  return hkdfSha256(secret, new Uint8Array(0), info, 32);
}

/** The share of whoever holds a world secret: the authority's for its genesis, a device's for its join. */
export function diceOf(worldSecret: Bytes): DiceShare {
  return shareOf(deriveSecret(worldSecret, 'dice'));
}

/** What goes into the genesis or the join as `rand`. */
export function diceCommit(worldSecret: Bytes, who: Bytes): Uint8Array<ArrayBuffer> {
  const { nonce, secret } = diceOf(worldSecret);
  return randCommit(nonce, who, secret);
}

/** The share whose secret this is; the nonce follows from it, because who opens a draw is handed one secret. */
export function shareOf(secret: Bytes): DiceShare {
  return { nonce: deriveSecret(secret, 'dice-nonce'), secret };
}
