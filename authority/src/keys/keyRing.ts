/** Which of an authority's keys signs for a world: the one that its log names. */
import { type Bytes, bytesToHex, equalBytes } from '@fairground/ledger';
import type { AuthorityKeys, SyncSigner } from '../ports.ts';

/** The newest first. */
export function ownKeys({ signer, former = [] }: AuthorityKeys): readonly Bytes[] {
  return [signer, ...former.toReversed()].map(({ key }) => key);
}

/** Throws for a key that is not of this authority: worlds of such keys are never played. */
export function signerOf({ signer, former = [] }: AuthorityKeys, key: Bytes): SyncSigner {
  const found = [signer, ...former].find((own) => equalBytes(own.key, key));
  if (!found) throw new Error(`signerOf: the key ${bytesToHex(key)} is not this authority's`);
  return found;
}
