/** Bodies of trivia's intents that need secrets of this device. */
import { type Bytes, sealKeyPair } from '@fairground/ledger';
import { deriveSecret, diceCommit } from '@fairground/rules';

export { ANSWER_SIZE, answerSize } from '@fairground/rules';

/** `secret`: what this device keeps of the world; box and dice follow from it, so that a reload finds them again. */
export function joinBody(secret: Bytes, key: Bytes, who: { readonly name: string; readonly avatar: number }) {
  return {
    name: who.name,
    avatar: who.avatar,
    box: sealKeyPair(deriveSecret(secret, 'box')).pk,
    rand: diceCommit(secret, key),
  };
}
