/** What this authority's earlier keys say: that the newest one speaks for them. */
import { type Bytes, equalBytes, heirBytes } from '@fairground/ledger';
import type { FormerKey, PictureHeir } from '@fairground/protocol';
import type { AuthorityKeys, SyncSigner } from '../ports.ts';

/** One word a former key, the oldest first. */
export function formerKeys({ signer, former = [] }: AuthorityKeys): FormerKey[] {
  return former.map((old) => ({ key: old.key, ...bothSign(old, signer) }));
}

/** For whoever knows of a world only which key its genesis names. Undefined where that key still signs. */
export function heirOf(keys: AuthorityKeys, genesisKey: Bytes, key: Bytes): PictureHeir | undefined {
  if (equalBytes(genesisKey, key) || !equalBytes(key, keys.signer.key)) return undefined;
  const old = keys.former?.find((one) => equalBytes(one.key, genesisKey));
  return old && { key, ...bothSign(old, keys.signer) };
}

function bothSign(old: SyncSigner, heir: SyncSigner): Pick<FormerKey, 'sigOld' | 'sigNew'> {
  const message = heirBytes({ key: old.key, heir: heir.key });
  return { sigOld: old.signSync(message), sigNew: heir.signSync(message) };
}
