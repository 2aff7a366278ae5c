/** Shows that one entry is in a log, as a `.tlog-proof` (C2SP tlog-proof): whoever trusts the log's key needs nothing else. */
import { type Bytes, formatTlogProof, inclusionProof, leafHash } from '@fairground/ledger';

/** `checkpoint`: the signed note over exactly these entries. The entry itself travels as the proof's extra data: its leaf hash is what is proved. */
export function createProver(entries: readonly Bytes[], checkpoint: string): (index: number) => string {
  const leaves = entries.map(leafHash);
  return (index) => {
    const extra = entries[index];
    if (!extra) throw new Error(`there is no entry ${index}`);
    return formatTlogProof({ extra, index, proof: inclusionProof(leaves, index, leaves.length), checkpoint });
  };
}
