/** The subtree hashes of a log that grows: its root and its proofs at every size it has had. */
import type { Bytes } from './bytes.ts';
import { nodeHash } from './merkle.ts';
import type { SyncHashReader } from './merkleProof.ts';

export interface HashTree {
  readonly size: number;
  push(leaf: Bytes): void;
  /** For `rootAt`, `inclusionProof` and `consistencyProof` up to `size`; throws for a subtree that is not complete. */
  readonly read: SyncHashReader;
}

export function createHashTree(leaves: readonly Bytes[] = []): HashTree {
  const levels: Bytes[][] = [[]];
  const tree: HashTree = {
    get size() {
      return levels[0]?.length ?? 0;
    },
    push(leaf) {
      let joined = leaf;
      for (let level = 0; ; level++) {
        const row = (levels[level] ??= []);
        row.push(joined);
        const left = row.at(-2);
        if (row.length % 2 === 1 || !left) return;
        joined = nodeHash(left, joined);
      }
    },
    read(level, index) {
      const hash = levels[level]?.[index];
      if (!hash) throw new RangeError('hashTree: that subtree is not complete');
      return hash;
    },
  };
  for (const leaf of leaves) tree.push(leaf);
  return tree;
}
