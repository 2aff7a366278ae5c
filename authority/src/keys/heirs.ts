/** What this authority's earlier keys say: that the newest one speaks for them. */
import { type Bytes, equalBytes, heirBytes } from '@fairground/ledger';
import type { FormerKey, PictureHeir } from '@fairground/protocol';
import type { AuthorityKeys } from '../ports.ts';

/** One word a former key, the oldest first. */
export function formerKeys({ signer, former = [] }: AuthorityKeys): FormerKey[] {
  return former.map((old) => {
    const message = heirBytes({ key: old.key, heir: signer.key });
    return { key: old.key, sigOld: old.signSync(message), sigNew: signer.signSync(message) };
  });
}

/** For whoever knows of a world only which key its genesis names. Undefined where that key still signs. */
export function heirOf(keys: AuthorityKeys, genesisKey: Bytes, key: Bytes): PictureHeir | undefined {
  if (equalBytes(genesisKey, key) || !equalBytes(key, keys.signer.key)) return undefined;
  const word = formerKeys(keys).find((one) => equalBytes(one.key, genesisKey));
  return word && { key, sigOld: word.sigOld, sigNew: word.sigNew };
}
