/** The body of a join: a name, and this device's commit to a share of the dice. */
import type { Bytes } from '@fairground/ledger';
import { diceCommit } from '@fairground/rules';

export function nimJoin(secret: Bytes, key: Bytes, name: string) {
  return { name, rand: diceCommit(secret, key) };
}
