/** The test authority's key, which remembers every checkpoint that it ever signed, in whatever life of the process. */
import {
  type Bytes,
  type Checkpoint,
  bytesToUtf8,
  equalBytes,
  hashReaderOf,
  leafHash,
  parseCheckpoint,
  rootAt,
} from '@fairground/ledger';
import type { AuthorityKeys } from '../ports.ts';
import { testKeys } from './party.ts';

export interface RecordingKeys {
  readonly keys: AuthorityKeys;
  readonly signed: readonly Checkpoint[];
}

export function recordingKeys(): RecordingKeys {
  const signed: Checkpoint[] = [];
  const { name, signer } = testKeys;
  const signSync = (message: Bytes) => {
    const checkpoint = parseCheckpoint(bytesToUtf8(message) ?? '');
    if (checkpoint.ok) signed.push(checkpoint.value);
    return signer.signSync(message);
  };
  return { keys: { name, signer: { ...signer, signSync } }, signed };
}

/** Those that are not of this log: past its end, or of another tree. */
export function strayCheckpoints(
  signed: readonly Checkpoint[],
  entries: readonly Bytes[],
): readonly Checkpoint[] {
  const hashes = hashReaderOf(entries.map(leafHash));
  return signed.filter(({ size, root }) => size > entries.length || !equalBytes(rootAt(hashes, size), root));
}
