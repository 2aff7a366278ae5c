/** Where an authority's lock lies. */
import { join } from 'node:path';
import { type Bytes, bytesToHex, sha256 } from '@fairground/ledger';

/** Another key has another lock, whatever folder its data lies in. */
export function lockFolderOf(lockDir: string, key: Bytes): string {
  return join(lockDir, bytesToHex(sha256(key)).slice(0, 16));
}
