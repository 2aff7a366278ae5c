/** Makes proofs of faults from what a client holds: two signed heads, a receipt and a log, an intent that never came. */
import { type Bytes, equalBytes } from './bytes.ts';
import { verifyCheckpoint } from './checkpoint.ts';
import { type DropProof, makeDropProof } from './drop.ts';
import { decodeEntry } from './entryCodec.ts';
import { type EquivocationProof, makeEquivocationProof } from './equivocation.ts';
import { type HashReader, consistencyProof, inclusionProof, rootAt } from './merkleProof.ts';
import { parseReceipt } from './receipt.ts';
import { type Result, err, ok } from './result.ts';
import type { SignedPair } from './signedPair.ts';
import type { Vkey } from './vkey.ts';

/** A signed checkpoint, and subtree hashes of the tree that it claims: nobody's word is needed for them, the proof shows whether they are right. */
export interface ShownTree {
  readonly note: Bytes;
  readonly hashes: HashReader;
}

/**
 * The proof that these two notes are of two histories, to be judged: where the hashes miss the larger root it convicts nobody.
 * `note_unsigned` and the like for notes that the log's key has not signed. Rejects if the hashes cannot be read.
 */
export async function accuseOfTwoHistories(
  vkey: Vkey,
  smaller: Bytes,
  larger: ShownTree,
): Promise<Result<EquivocationProof, string>> {
  const [one, two] = [await verifyCheckpoint(smaller, vkey), await verifyCheckpoint(larger.note, vkey)];
  if (!one.ok) return one;
  if (!two.ok) return two;
  const [m, n] = [one.value.size, two.value.size];
  if (m === 0 || m > n) return err('size_order');
  if (m === n) return ok(makeEquivocationProof(vkey, { smaller, larger: larger.note }));
  const proof = await consistencyProof(larger.hashes, m, n);
  // Where m is a power of two its root is a node of the larger tree, and the standard leaves it out of the proof.
  const seed = Number.isInteger(Math.log2(m)) ? await rootAt(larger.hashes, m) : undefined;
  return ok(makeEquivocationProof(vkey, { smaller, larger: larger.note, proof, ...(seed ? { seed } : {}) }));
}

/** A log as its reader has it: the hashes of all its leaves, its newest checkpoint, and its last entry. */
export interface ReadLogOf {
  readonly vkey: Vkey;
  readonly size: number;
  readonly hashes: HashReader;
  readonly checkpoint: Bytes;
  readonly lastEntry: Bytes;
}

/**
 * The proof that what a receipt promised is not there. `receipt_ahead`: the log is not that long yet, which proves nothing;
 * `receipt_kept`: all is well.
 */
export async function accuseOfDrop(
  { vkey, size, hashes, checkpoint, lastEntry }: ReadLogOf,
  receipt: SignedPair,
): Promise<Result<DropProof, 'receipt_malformed' | 'receipt_ahead' | 'receipt_kept'>> {
  const parsed = parseReceipt(receipt.bytes);
  if (!parsed.ok) return parsed;
  const { index, leafHash: promised } = parsed.value;
  if (index < size) {
    const leaf = await hashes(0, index);
    if (equalBytes(leaf, promised)) return err('receipt_kept');
    const inclusion = await inclusionProof(hashes, index, size);
    return ok(makeDropProof(vkey, receipt, checkpoint, { leaf, inclusion }));
  }
  const last = decodeEntry(lastEntry);
  if (!last.ok || last.value.kind !== 'close') return err('receipt_ahead');
  const inclusion = await inclusionProof(hashes, size - 1, size);
  return ok(makeDropProof(vkey, receipt, checkpoint, { close: lastEntry, inclusion }));
}
