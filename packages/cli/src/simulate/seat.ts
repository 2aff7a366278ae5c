/** What a device brings to a seat; all of it follows from the secret that it keeps of the world. */
import { type Bytes, sealKeyPair } from '@fairground/ledger';
import { deriveSecret, diceCommit } from '@fairground/rules';
import type { BotSeat } from './bot.ts';

export interface SeatKeys {
  /** X25519 public key for what is sealed to this seat alone. */
  readonly box: Bytes;
  /** Its commit to a share of the dice. */
  readonly rand: Bytes;
}

export function seatKeys({ secret, key }: BotSeat): SeatKeys {
  return { box: sealKeyPair(deriveSecret(secret, 'box')).pk, rand: diceCommit(secret, key) };
}
