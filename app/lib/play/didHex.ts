/** `did:key` → hex of its key, as the rules' views name people; undefined for anything else. */
import { bytesToHex, didToKey } from '@fairground/ledger';

export function didToHex(did: string): string | undefined {
  const key = didToKey(did);
  return key.ok ? bytesToHex(key.value) : undefined;
}
