/** The keys of a data folder as an authority signs with them. */
import { type Bytes, bytesToBase32, publicKeyFromSeed, sha256 } from '@fairground/ledger';
import type { AuthorityKeys, Random } from '../ports.ts';
import { loadSeed, readFormerSeeds } from './keyFile.ts';
import { syncSigner } from './signer.ts';

/** Makes the first key. Its origins keep the name that this one gave them, whichever signs later. */
export async function loadKeys(
  folder: string,
  name: string | undefined,
  random: Random,
): Promise<AuthorityKeys> {
  const seed = await loadSeed(folder, random);
  const former = await readFormerSeeds(folder);
  return {
    name: name ?? defaultName(publicKeyFromSeed(former[0] ?? seed)),
    signer: syncSigner(seed),
    ...(former.length > 0 && { former: former.map(syncSigner) }),
  };
}

/** Under which an authority stands that was given no name. */
export function defaultName(firstKey: Bytes): string {
  return `fairground.local/${bytesToBase32(sha256(firstKey)).slice(0, 8)}`;
}
