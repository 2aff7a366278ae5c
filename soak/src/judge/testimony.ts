/** What clients were told over all lives of the servers: each different word once. */
import {
  type Bytes,
  type Checkpoint,
  type Receipt,
  type SignedPair,
  bytesToHex,
  bytesToUtf8,
  equalBytes,
  parseCheckpoint,
  parseNote,
  parseReceipt,
  parsePublicKey,
  sha256,
  unwrap,
  utf8ToBytes,
  verifyEd25519Sync,
  verifyPair,
} from '@fairground/ledger';
import type { Listener } from '../crowd/wireTap.ts';

export interface Testimony extends Listener {
  /** Resolves when every word so far is checked. */
  heard(): Promise<void>;
  readonly receipts: readonly Receipt[];
  /** Signed and different: two of one origin and size are there only if they contradict each other. */
  readonly checkpoints: readonly Checkpoint[];
  /** Words that this authority has not signed, or that cannot be read. */
  readonly strange: readonly string[];
}

export function createTestimony(authority: Bytes): Testimony {
  const receipts: Receipt[] = [];
  const checkpoints: Checkpoint[] = [];
  const strange: string[] = [];
  const known = new Set<string>();
  const isNew = (bytes: Bytes) => known.size < known.add(bytesToHex(sha256(bytes))).size;
  const key = unwrap(parsePublicKey(authority));
  let checking = Promise.resolve();

  async function hearReceipt(pair: SignedPair): Promise<void> {
    const receipt = parseReceipt(pair.bytes);
    if (receipt.ok && (await verifyPair('receipt', key, pair))) receipts.push(receipt.value);
    else strange.push(`a receipt: ${receipt.ok ? 'not signed by the authority' : receipt.code}`);
  }

  return {
    receipts,
    checkpoints,
    strange,
    heard: () => checking,
    receipt(pair) {
      if (isNew(pair.bytes)) checking = checking.then(() => hearReceipt(pair));
    },
    checkpoint(note) {
      if (!isNew(note)) return;
      const checkpoint = readCheckpoint(note, authority);
      if (!checkpoint) return void strange.push(`a checkpoint: ${bytesToUtf8(note) ?? 'no text'}`);
      const isSaid = checkpoints.some(
        ({ origin, size, root }) =>
          origin === checkpoint.origin && size === checkpoint.size && equalBytes(root, checkpoint.root),
      );
      if (!isSaid) checkpoints.push(checkpoint);
    },
  };
}

function readCheckpoint(note: Bytes, authority: Bytes): Checkpoint | undefined {
  const parsed = parseNote(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : undefined;
  if (!parsed.ok || !checkpoint?.ok) return undefined;
  const text = utf8ToBytes(parsed.value.text);
  const isSigned = parsed.value.signatures.some(
    ({ name, signature }) =>
      name === checkpoint.value.origin && verifyEd25519Sync(authority, text, signature),
  );
  return isSigned ? checkpoint.value : undefined;
}
